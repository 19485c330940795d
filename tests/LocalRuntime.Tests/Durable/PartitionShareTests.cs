using ProspectOps.LocalRuntime.Durable.Hub;

namespace ProspectOps.LocalRuntime.Tests.Durable;

public sealed class PartitionShareTests
{
    [Theory]
    [InlineData(4, 1)]
    [InlineData(4, 2)]
    [InlineData(4, 3)]
    [InlineData(4, 7)]
    [InlineData(16, 5)]
    public void Shares_add_up_and_differ_by_one_at_most(int partitions, int processes)
    {
        var ids = Enumerable.Range(0, processes).Select(_ => Guid.NewGuid().ToString("N")).ToArray();

        var shares = ids.Select(id => PartitionShare.Of(id, ids.Reverse(), [ids[^1]], partitions)).ToArray();

        Assert.Equal(partitions, shares.Sum());
        Assert.InRange(shares.Max() - shares.Min(), 0, 1);
        Assert.Equal(shares.Max(), shares[^1]);
    }
}
