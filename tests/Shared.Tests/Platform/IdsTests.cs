using ProspectOps.Platform.Ids;

namespace ProspectOps.Tests.Platform;

public sealed class IdsTests
{
    [Fact]
    public void Base32_sorts_as_its_bytes_do_and_inverted_the_other_way()
    {
        var random = new Random(5);
        for (var i = 0; i < 1_000; i++)
        {
            byte[] a = new byte[10], b = new byte[10];
            random.NextBytes(a);
            random.NextBytes(b);
            var (left, right) = (Base32.Encode(a, 16), Base32.Encode(b, 16));

            Assert.Equal(Math.Sign(a.AsSpan().SequenceCompareTo(b)), Math.Sign(string.CompareOrdinal(left, right)));
            Assert.Equal(-Math.Sign(string.CompareOrdinal(left, right)), Math.Sign(string.CompareOrdinal(Base32.Invert(left), Base32.Invert(right))));
            Assert.Equal(left, Base32.Invert(Base32.Invert(left)));
        }
    }

    [Fact]
    public void Ids_sort_by_the_time_of_their_making()
    {
        var clock = new FakeClock();
        var ids = new IdSource(clock);

        var made = new List<string>();
        for (var i = 0; i < 100; i++)
        {
            made.Add(ids.New("wf"));
            clock.Pass(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(made.Order(StringComparer.Ordinal), made);
        Assert.All(made, id => Assert.True(IdSource.IsWellFormed(id, "wf")));
    }

    [Theory]
    [InlineData("wf_")]
    [InlineData("cmp_06gzqb8v495sgrrnxd5kwk48nw")]
    [InlineData("wf_06gzqb8v495sgrrnxd5kwk48n/")]
    [InlineData("wf_06gzqb8v495sgrrnxd5kwk48nw0")]
    [InlineData(null)]
    public void What_is_no_id_of_ours_is_not_well_formed(string? id) => Assert.False(IdSource.IsWellFormed(id, "wf"));
}
