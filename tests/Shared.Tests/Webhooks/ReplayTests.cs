using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Webhooks;

public sealed class ReplayTests : IAsyncLifetime
{
    private Loopback _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await Loopback.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task Everything_since_a_time_is_sent_once_more_marked_and_under_its_id()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 3);
        await PublishAsync(world, "too old");
        world.Clock.Pass(TimeSpan.FromMinutes(1));
        var since = world.Clock.Now;
        world.Clock.Pass(TimeSpan.FromSeconds(1));
        await world.PlanAsync();
        await world.SettleAsync();
        await world.DisableAsync("by_user");
        world.Clock.Pass(TimeSpan.FromSeconds(10));
        await world.Process.Endpoints.AddAsync(WebhooksWorld.Tenant, world.Endpoint(_receiver, "whe_01kc0000000000000000000009", "/other"), default);
        await PublishAsync(world, "missed");
        await world.SettleAsync();
        await world.Process.Service.EnableAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, default);
        var ids = _receiver.Received.Where(request => !request.Text.Contains("too old", StringComparison.Ordinal)).Select(request => request.Headers["webhook-id"]).ToHashSet();
        _receiver.Forget();

        var dry = await world.Process.Replays.StartAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, since, isDryRun: true, "", default);
        await world.SettleAsync();
        var afterDry = _receiver.Received.Count;
        var plan = await world.Process.Replays.StartAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, since, isDryRun: false, "seed0001", default);
        await world.Process.Replays.RunAsync(WebhooksWorld.Tenant, plan.ReplayId!, default); // a step that runs twice
        await world.SettleAsync();

        Assert.Equal((4, 3, 0), (dry.Events, dry.AlreadyDelivered, afterDry));
        Assert.Equal(4, _receiver.Received.Count);
        Assert.Equal(ids, _receiver.Received.Select(request => request.Headers["webhook-id"]).ToHashSet());
        Assert.All(_receiver.Received, request => Assert.Equal(("true", "/hooks"), (request.Headers["webhook-replay"], request.Path)));
        Assert.Equal(new DeliverySums(3, 3, 3, 0, 0, 3, 3), await world.SumsAsync());
    }

    [Fact]
    public async Task Replay_keeps_to_its_rate()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 0);
        for (var number = 0; number < 10; number++)
        {
            await PublishAsync(world, $"event {number}");
            world.Clock.Pass(TimeSpan.FromSeconds(1));
        }
        await world.SettleAsync();
        await world.Process.Endpoints.UpdateAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, endpoint => endpoint with { RatePerSecond = 2 }, default);
        var sent = world.Sent.Count;

        var plan = await world.Process.Replays.StartAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, world.Clock.Now - TimeSpan.FromHours(1), isDryRun: false, "seed0001", default);
        await world.WorkAsync();

        Assert.Equal((2, 5), (plan.PerSecond, plan.Seconds));
        Assert.Equal([0, 1, 1, 2, 2, 3, 3, 4, 4, 5], world.Sent.Skip(sent).Select(message => message.Delay.TotalSeconds));
    }

    [Fact]
    public async Task Replay_that_takes_longer_than_a_queue_can_hide_a_message_comes_to_its_end()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 0);
        await PublishAsync(world, "first");
        world.Clock.Pass(TimeSpan.FromSeconds(1));
        await PublishAsync(world, "second");
        await world.SettleAsync();
        _receiver.Forget();
        // One event in ten days.
        await world.Process.Endpoints.UpdateAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, endpoint => endpoint with { RatePerSecond = 1 / TimeSpan.FromDays(10).TotalSeconds }, default);

        await world.Process.Replays.StartAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, world.Clock.Now - TimeSpan.FromHours(1), isDryRun: false, "seed0001", default);
        await world.SettleAsync();
        Assert.All(world.Sent, sent => Assert.True(sent.Delay < TimeSpan.FromDays(7)));
        var early = _receiver.Received.Count;
        world.Clock.Pass(TimeSpan.FromDays(5));
        await world.Process.Sweeper.SweepAsync(othersAreDead: false, default);
        await world.SettleAsync();

        Assert.Equal((1, 2), (early, _receiver.Received.Count));
    }

    private static Task<string> PublishAsync(WebhooksWorld world, string what) =>
        world.Process.Publisher.PublishAsync(new TenantEvent(WebhooksWorld.Tenant, EventTypes.QuotaWarning, what, new { what }), default);
}
