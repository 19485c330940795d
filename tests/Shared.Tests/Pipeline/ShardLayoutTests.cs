using ProspectOps.Campaigns;
using ProspectOps.Pipeline;
using ProspectOps.Prospects;

namespace ProspectOps.Tests.Pipeline;

public sealed class ShardLayoutTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(137)]
    [InlineData(500)]
    public void Chunks_hold_everybody_once_ten_at_most_and_one_partition_each(int people)
    {
        var sorted = ShardLayout.Sorted(Enumerable.Range(0, people).Select(i =>
            new ShardProspect(i + 2, ProspectKey.OfIdentity("acme", $"person{i}@a.example"), new Prospect { Email = $"person{i}@a.example" })));

        var chunks = ShardLayout.Chunks(sorted);

        Assert.Equal(people, chunks.Sum(chunk => chunk.Count));
        var expectedStart = 0;
        foreach (var (start, count) in chunks)
        {
            Assert.Equal(expectedStart, start);
            Assert.InRange(count, 1, ShardLayout.PeopleInChunk);
            Assert.Single(sorted.Skip(start).Take(count).Select(person => ProspectShard.OfKey(person.Key)).Distinct());
            expectedStart += count;
        }
    }

    [Fact]
    public void Order_in_which_people_come_does_not_matter()
    {
        ShardProspect[] people = [.. Enumerable.Range(0, 50).Select(i => new ShardProspect(i, ProspectKey.OfIdentity("acme", $"p{i}"), new Prospect()))];

        Assert.Equal(ShardLayout.Sorted(people).Select(person => person.Key), ShardLayout.Sorted(people.Reverse()).Select(person => person.Key));
    }
}
