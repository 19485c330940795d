using System.Globalization;
using ProspectOps.LocalRuntime.Durable.Engine;
using ProspectOps.LocalRuntime.Durable.Storage;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>Storage misbehaves at every call, from a seed. Set <c>DURABLE_FAULT_SEED</c> to repeat one seed.</summary>
public sealed class FaultTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private const string SeedVariable = "DURABLE_FAULT_SEED";
    private const int Seeds = 1_000;
    private const int SeedsOnTables = 20;
    private const int AtOnce = 24;

    [Fact]
    public Task S49_whatever_the_store_does_the_output_is_the_same_and_nothing_is_lost_or_recorded_twice() => ForEachSeedAsync(Seeds, async seed =>
    {
        var time = new FastTime(1_000);
        var store = new InMemoryInstanceStore();
        await RunAsync(store, new FaultyStore(store, new FaultySequence(seed), time), seed, time);
    });

    [Fact]
    public Task S49_whatever_Tables_answers_the_output_is_the_same_and_nothing_is_lost_or_recorded_twice() => ForEachSeedAsync(SeedsOnTables, async seed =>
    {
        var hub = $"F{Guid.NewGuid():N}";
        using var connection = new FaultyConnection(new FaultySequence(seed));
        await RunAsync(
            TablesDurableTests.NewStore(azurite.ConnectionString, null, hub),
            TablesDurableTests.NewStore(azurite.ConnectionString, connection.Options(), hub), seed, new FastTime(100));
    });

    /// <summary>Runs many seeds at once, and names the one that fails.</summary>
    internal static async Task ForEachSeedAsync(int seeds, Func<int, Task> run)
    {
        var chosen = Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } seed
            ? [int.Parse(seed, CultureInfo.InvariantCulture)] : Enumerable.Range(1, seeds).ToArray();
        await Parallel.ForEachAsync(chosen, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            try
            {
                await run(number);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {number} fails; {SeedVariable}={number} repeats it.", exception);
            }
        });
    }

    private static async Task RunAsync(IInstanceStore sound, IInstanceStore faulty, int seed, TimeProvider time)
    {
        // In every other seed no history stays in memory.
        var options = new DurableOptions { MaxActivities = 4, MaxOrchestrators = 4, HistoryCacheChars = seed % 2 == 0 ? 1 : 1_000_000 };
        await using var world = new DurableWorld(faulty, options, time: time);
        new Journey().AddTo(world).Start();
        await Journey.AskForItAsync(_ => world.Client, time);
        await Journey.UntilItEndsAsync(sound);
    }
}
