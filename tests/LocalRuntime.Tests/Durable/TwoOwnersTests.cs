using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using ProspectOps.LocalRuntime.Durable.Engine;
using ProspectOps.LocalRuntime.Durable.Hub;
using ProspectOps.LocalRuntime.Durable.Storage;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>Two engines toss partitions to each other while orchestrations run and storage misbehaves, from a seed.</summary>
public sealed class TwoOwnersTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private const int Seeds = 300;
    private const int SeedsOnTables = 12;
    private const int Tosses = 40;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Whoever_has_the_partitions_the_output_is_the_same_and_nothing_is_lost_or_recorded_twice(bool withFaults) => FaultTests.ForEachSeedAsync(Seeds, async seed =>
    {
        var time = new FastTime(1_000);
        var store = new InMemoryInstanceStore();
        IInstanceStore used = withFaults ? new FaultyStore(store, new FaultySequence(seed), time) : store;
        var options = new DurableOptions { MaxActivities = 4, MaxOrchestrators = 4, HistoryCacheChars = seed % 2 == 0 ? 1 : 1_000_000 };
        var (hub, journey, random) = (new TossedHub(), new Journey(), new Random(seed));
        await using var first = new DurableWorld(used, options, time: time, partitions: hub.Sides[0]);
        await using var second = new DurableWorld(used, options, time: time, partitions: hub.Sides[1]);
        foreach (var world in new[] { first, second })
        {
            journey.AddTo(world).Start();
            await world.Engine.Ready.WaitAsync(Patience.Usual);
        }

        var tossing = TossAsync(hub, random);
        await Journey.AskForItAsync(number => ((seed >> number) & 1) == 0 ? first.Client : second.Client, time);
        await tossing.WaitAsync(Patience.Usual);
        await Journey.UntilItEndsAsync(store);
    });

    [Fact]
    public Task Whatever_Tables_answers_to_leases_the_output_is_the_same_and_nothing_is_lost_or_recorded_twice() => FaultTests.ForEachSeedAsync(SeedsOnTables, async seed =>
    {
        var (hub, journey, time) = ($"O{Guid.NewGuid():N}", new Journey(), new FastTime(50));
        using var connection = new FaultyConnection(new FaultySequence(seed));
        DurableWorld Join()
        {
            // In every other seed nothing proves a death, and a term has to pass.
            var options = new DurableOptions { MaxActivities = 4, MaxOrchestrators = 4, StopWait = TimeSpan.FromSeconds(1) };
            options = seed % 2 == 0 ? options : options with { LockFolder = "/dev/null/none" };
            var leases = new HubTable(new TableClient(azurite.ConnectionString, $"{hub}Instances", connection.Options()));
            return journey.AddTo(new DurableWorld(
                TablesDurableTests.NewStore(azurite.ConnectionString, connection.Options(), hub), options, time: time,
                partitions: new LeasedPartitions(leases, options, time, NullLogger.Instance))).Start();
        }

        await using var first = Join();
        await using var second = Join();
        await Journey.AskForItAsync(number => ((seed >> number) & 1) == 0 ? first.Client : second.Client, time);
        if (seed % 3 == 0)
            await first.Engine.AbandonAsync();
        else
            await first.Engine.StopAsync(CancellationToken.None).WaitAsync(Patience.Usual);
        await using var third = Join();
        await Journey.UntilItEndsAsync(TablesDurableTests.NewStore(azurite.ConnectionString, null, hub));
    });

    private static async Task TossAsync(TossedHub hub, Random random)
    {
        for (var toss = 0; toss < Tosses; toss++)
        {
            await Task.Delay(random.Next(4));
            await hub.TossAsync(random.Next(2), isTold: random.Next(3) > 0);
        }
    }
}
