namespace ProspectOps.Tests.Webhooks;

/// <summary>A process that dies at any call to the store, before it or behind it, loses no event and counts none twice.</summary>
public sealed class CrashedDeliveryTests : IAsyncLifetime
{
    private readonly Dictionary<string, int> _asked = [];
    private Loopback _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await Loopback.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_call_it_dies_at_every_event_is_settled_and_counted_once(bool callArrives)
    {
        var calls = await RunAsync(0, callArrives);
        Assert.InRange(calls, 20, 200);

        for (var call = 1; call <= calls; call++)
            await RunAsync(call, callArrives);
    }

    /// <summary>Three events: one is taken, one fails first, one is refused.</summary>
    /// <returns>Calls that the process made before it died, or was done.</returns>
    private async Task<int> RunAsync(int diesAt, bool callArrives)
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 3);
        AnswerAgain();
        var crashing = new CrashingStorage(world.Storage) { DiesAt = diesAt, CallArrives = callArrives };
        world.Start(crashing);
        var planned = false;
        try
        {
            await world.PlanAsync();
            planned = true;
            await world.DrainAsync();
        }
        catch (ProcessDiedException)
        {
            // Its message stays hidden; what it planned is planned again, as an activity is.
        }

        world.Start(world.Storage);
        if (!planned)
            await world.PlanAsync();
        for (var sweep = 0; sweep < 6; sweep++)
        {
            await world.Process.Sweeper.SweepAsync(othersAreDead: true, default);
            await world.DrainAsync();
            world.Clock.Pass(TimeSpan.FromSeconds(10));
        }
        await AssertSettledAsync(world, diesAt);
        return crashing.Calls;
    }

    private static async Task AssertSettledAsync(WebhooksWorld world, int diesAt)
    {
        var batch = await world.BatchAsync();
        var expected = new DeliverySums(3, 3, 2, 0, 1, 2, 2);
        var why = $"died at call {diesAt}";
        Assert.True("ddx" == Sorted(batch.States), $"{why}: {batch.States}");
        Assert.True(expected == await world.SumsAsync(), $"{why}: {await world.SumsAsync()}");
        Assert.True((await world.DeadLettersAsync()).Count == 1, why);

        // The messages that were hidden come to light again, and change nothing.
        foreach (var (message, _) in world.Sent.ToArray())
            await world.Process.Handler.HandleAsync(message, default);
        Assert.True(expected == await world.SumsAsync(), $"{why}, messages seen again: {await world.SumsAsync()}");

        world.Clock.Pass(TimeSpan.FromMinutes(11));
        await world.Process.Sweeper.SweepAsync(othersAreDead: false, default);
        Assert.True((await world.DueAsync()).Count == 0, $"{why}: reminders are left");
    }

    private static string Sorted(string states) => new([.. states.Order()]);

    private void AnswerAgain()
    {
        _asked.Clear();
        _receiver.Answers(request =>
        {
            lock (_asked)
            {
                var id = request.Headers["webhook-id"];
                _asked[id] = _asked.GetValueOrDefault(id) + 1;
                return Kind(request.Text) switch { 0 => 200, 1 => _asked[id] == 1 ? 503 : 200, _ => 400 };
            }
        });
    }

    private static int Kind(string body)
    {
        var people = SomePeople.InShard(WebhooksWorld.Shard, 3);
        return Enumerable.Range(0, 3).Single(index => body.Contains(people[index].ProspectKey, StringComparison.Ordinal));
    }
}
