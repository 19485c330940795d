using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Webhooks;

public sealed class FairnessTests : IAsyncLifetime
{
    private Loopback _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await Loopback.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task While_one_endpoint_hangs_everything_else_is_served()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 0);
        await world.DisableAsync("by_user");
        var letGo = new TaskCompletionSource();
        _receiver.Answer = async (_, request) =>
        {
            if (request.Path == "/hangs")
                await letGo.Task;
        };
        var hanging = world.Endpoint(_receiver, "whe_01kc0000000000000000000009", "/hangs");
        await world.Process.Endpoints.AddAsync(WebhooksWorld.Tenant, hanging, default);
        for (var number = 0; number < 4; number++)
            await world.Process.Endpoints.AddAsync(WebhooksWorld.Tenant, world.Endpoint(_receiver, $"whe_01kc000000000000000000001{number}", $"/fine{number}"), default);
        // Thirty batches for each: more than the queue hands out at once.
        for (var number = 0; number < 30; number++)
            await world.Process.Publisher.PublishAsync(new TenantEvent(WebhooksWorld.Tenant, EventTypes.QuotaWarning, $"{number}", new { number }), default);
        var messages = world.Sent.Select(sent => sent.Message).ToArray();

        // The clock goes on, as it does.
        using var ticking = new Timer(_ => world.Clock.Pass(TimeSpan.FromMilliseconds(20)), null, 20, 20);
        // As a queue does that lets 24 be at work: the hanging ones come first.
        using var places = new SemaphoreSlim(24);
        var running = new List<Task>();
        foreach (var message in messages.OrderBy(message => message.EndpointId != hanging.EndpointId))
        {
            await places.WaitAsync(TestContext.Current.CancellationToken);
            running.Add(Task.Run(async () =>
            {
                try
                {
                    await world.Process.Handler.HandleAsync(message, default);
                }
                finally
                {
                    places.Release();
                }
            }));
        }
        // Whoever is not held up by the one that hangs has come to an end.
        while (running.Count(task => task.IsCompleted) < messages.Length - 2)
            await Task.WhenAny(running.Where(task => !task.IsCompleted));
        var hung = running.Count(task => !task.IsCompleted);
        // One that answers may have been put back for half a second, too.
        foreach (var (message, _) in world.Sent.Skip(messages.Length).Where(sent => sent.Message.EndpointId != hanging.EndpointId).ToArray())
        {
            world.Clock.Pass(TimeSpan.FromSeconds(1));
            await world.Process.Handler.HandleAsync(message, default);
        }
        var fine = _receiver.Received.Count(request => request.Path != "/hangs");
        letGo.SetResult();
        await Task.WhenAll(running);

        Assert.Equal(120, fine);
        Assert.Equal(2, hung);
    }

    [Fact]
    public async Task Endpoint_gets_no_more_requests_at_once_than_is_set()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 40, new WebhooksOptions { AllowPrivateNetworks = true, ConcurrencyPerEndpoint = 3 });
        var (now, most) = (0, 0);
        _receiver.Answer = async (_, _) =>
        {
            var count = Interlocked.Increment(ref now);
            lock (this)
                most = Math.Max(most, count);
            await Task.Delay(5);
            Interlocked.Decrement(ref now);
        };

        await world.PlanAsync();
        await world.DrainAsync();

        Assert.Equal(40, _receiver.Received.Count);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task Endpoint_with_a_rate_is_sent_no_more_than_that_and_the_rest_comes_later()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 40);
        await world.Process.Endpoints.UpdateAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, endpoint => endpoint with { RatePerSecond = 0.1 }, default);
        await world.PlanAsync();

        await world.Process.Handler.HandleAsync(world.Take(), default);
        var first = (_receiver.Received.Count, world.Sent[^1].Delay.TotalSeconds, (await world.SumsAsync()).Attempted);
        await world.DrainAsync();

        Assert.Equal((1, 10, 1L), (first.Item1, Math.Round(first.TotalSeconds), first.Attempted));
        Assert.Equal(40, _receiver.Received.Count);
        Assert.Equal(new DeliverySums(40, 40, 40, 0, 0, 40, 40), await world.SumsAsync());
    }
}
