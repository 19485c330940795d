using System.Text.Json.Nodes;
using ProspectOps.Pipeline;

namespace ProspectOps.Tests.Webhooks;

/// <summary>The planner dies at any call, and the suppression list is another when its work is repeated: what was decided first is delivered and counted.</summary>
public sealed class SuppressedMeanwhileTests : IAsyncLifetime
{
    private const int People = 4;

    private Loopback _receiver = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await Loopback.StartAsync();
        _receiver.Answers(_ => 200);
    }

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Theory]
    [InlineData(new int[0], new[] { 1 }, false)]
    [InlineData(new int[0], new[] { 1 }, true)]
    [InlineData(new[] { 0, 2 }, new int[0], true)]
    [InlineData(new[] { 0 }, new[] { 3 }, false)]
    [InlineData(new[] { 0 }, new[] { 3 }, true)]
    [InlineData(new[] { 0, 1, 2, 3 }, new int[0], false)]
    [InlineData(new[] { 0, 1, 2, 3 }, new int[0], true)]
    [InlineData(new int[0], new[] { 0, 1, 2, 3 }, true)]
    public async Task Whatever_call_it_dies_at_everybody_is_counted_once_by_the_first_decision(int[] first, int[] second, bool callArrives)
    {
        var (calls, _) = await RunAsync(0, callArrives, first, second);
        Assert.InRange(calls, 3, 100);

        var firstDecided = new List<bool>();
        for (var call = 1; call <= calls; call++)
            firstDecided.Add((await RunAsync(call, callArrives, first, second)).FirstDecided);

        // Before its decision is kept the newer list counts, from then on the older one.
        Assert.Contains(true, firstDecided);
        Assert.Contains(false, firstDecided);
        Assert.Equal(firstDecided.Order(), firstDecided);
    }

    private async Task<(int Calls, bool FirstDecided)> RunAsync(int diesAt, bool callArrives, int[] first, int[] second)
    {
        _receiver.Forget();
        using var world = await WebhooksWorld.WithAsync(_receiver, People);
        await SuppressAsync(world, first);
        var crashing = new CrashingStorage(world.Storage) { DiesAt = diesAt, CallArrives = callArrives };
        world.Start(crashing);
        try
        {
            await world.PlanAsync();
        }
        catch (ProcessDiedException)
        {
            // An activity is run again.
        }
        var calls = crashing.Calls;

        world.Start(world.Storage);
        foreach (var one in Emails(first))
            await world.Process.Suppressions.RemoveAsync(WebhooksWorld.Tenant, one, default);
        await SuppressAsync(world, second);
        await world.PlanAsync();
        await world.DrainAsync();
        world.Clock.Pass(TimeSpan.FromSeconds(30));
        await world.Process.Sweeper.SweepAsync(othersAreDead: true, default);
        await world.DrainAsync();

        var posted = _receiver.Received.Select(request => (string)JsonNode.Parse(request.Text)!["data"]!["prospectKey"]!).Order(StringComparer.Ordinal).ToArray();
        var firstDecided = posted.SequenceEqual(Keys(first));
        Assert.True(firstDecided || posted.SequenceEqual(Keys(second)), $"died at call {diesAt}: {posted.Length} were posted");
        var read = await world.Process.Workflows.ReadAsync(WebhooksWorld.Tenant, world.Job.WorkflowId, default);
        var sums = new CounterSums(read!.Value.Counters);
        Assert.Equal((diesAt, People, posted.Length, posted.Length), (diesAt, (int)sums[Stage.Deliver, "Done"], (int)sums[Stage.Deliver, "Events"], (int)sums[Stage.Deliver, "Attempted"]));
        Assert.Equal((diesAt, posted.Length), (diesAt, (int)(await world.SumsAsync()).CampaignDelivered));
        return (calls, firstDecided);
    }

    private static async Task SuppressAsync(WebhooksWorld world, int[] people) =>
        await world.Process.Suppressions.AddAsync(WebhooksWorld.Tenant, [.. Emails(people).Select(email => (email, (string?)null))], "test", default);

    private static IEnumerable<string> Emails(int[] people) => people.Select(index => SomePeople.InShard(WebhooksWorld.Shard, People)[index].Prospect.Email!);

    /// <summary>Of those who are left when these are suppressed.</summary>
    private static IEnumerable<string> Keys(int[] suppressed) =>
        SomePeople.InShard(WebhooksWorld.Shard, People).Where((_, index) => !suppressed.Contains(index)).Select(person => person.ProspectKey).Order(StringComparer.Ordinal);
}
