using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Webhooks;

public sealed class DeliverBatchHandlerTests : IAsyncLifetime
{
    private Loopback _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await Loopback.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task Message_seen_twice_is_delivered_once()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 3);
        await world.PlanAsync();
        var message = world.Take();

        var first = await world.Process.Handler.HandleAsync(message, default);
        var second = await world.Process.Handler.HandleAsync(message, default);

        Assert.Equal((WebhooksWorld.Tenant, world.Job.WorkflowId), first);
        Assert.Null(second);
        Assert.Equal(3, _receiver.Received.Select(request => request.Headers["webhook-id"]).Distinct().Count());
        Assert.Equal(3, _receiver.Received.Count);
        Assert.Equal(new DeliverySums(3, 3, 3, 0, 0, 3, 3), await world.SumsAsync());
        Assert.Empty(await world.DueAsync());
    }

    [Fact]
    public async Task Message_seen_by_two_at_once_is_delivered_once()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 5);
        await world.PlanAsync();
        var message = world.Take();
        using var other = new DeliveringProcess(world.Storage, world.Options, world.Clock);

        await Task.WhenAll(world.Process.Handler.HandleAsync(message, default), other.Handler.HandleAsync(message, default));

        Assert.Equal(5, _receiver.Received.Count);
        Assert.Equal(new DeliverySums(5, 5, 5, 0, 0, 5, 5), await world.SumsAsync());
    }

    [Fact]
    public async Task Event_that_failed_is_tried_again_alone_and_under_its_id()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 3);
        await world.PlanAsync();
        var failing = (await world.BatchAsync()).Log[1].EventId;
        _receiver.Answers(request => request.Headers["webhook-id"] == failing ? 503 : 200);

        await world.Process.Handler.HandleAsync(world.Take(), default);
        var between = await world.SumsAsync();
        var (retry, delay) = world.Sent[^1];
        _receiver.Forget();
        _receiver.Answers(_ => 200);
        world.Clock.Pass(delay);
        await world.Process.Handler.HandleAsync(retry, default);

        Assert.Equal(new DeliverySums(3, 3, 2, 1, 0, 2, 2), between);
        Assert.Equal(2, retry.Attempt);
        Assert.InRange(delay.TotalSeconds, 4, 6);
        Assert.Equal(failing, Assert.Single(_receiver.Received).Headers["webhook-id"]);
        Assert.Equal(new DeliverySums(3, 3, 3, 0, 0, 3, 3), await world.SumsAsync());
        Assert.Equal([503, 200], (await world.BatchAsync()).Log[1].Attempts.Select(attempt => attempt.Status));
    }

    [Fact]
    public async Task Event_that_fails_at_every_attempt_is_dead_with_its_cause()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 2);
        _receiver.Answers(_ => 500);
        await world.PlanAsync();

        await world.DrainAsync();
        var letters = await world.DeadLettersAsync();
        var batch = await world.BatchAsync();

        Assert.Equal(16, _receiver.Received.Count);
        Assert.Equal("xx", batch.States);
        Assert.Equal([batch.DeliveryId(0), batch.DeliveryId(1)], letters.Select(letter => letter.Row).Order(StringComparer.Ordinal));
        Assert.All(letters, letter => Assert.Equal("answered 500, after 8 attempts", letter.Text("Cause")));
        Assert.Equal(new DeliverySums(2, 2, 0, 0, 2, 0, 0), await world.SumsAsync());
        Assert.Empty(await world.DueAsync());
    }

    [Fact]
    public async Task Steps_are_those_of_the_settings()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 1, new WebhooksOptions { AllowPrivateNetworks = true, RetryDelaysSeconds = [0.1, 0.2] });
        _receiver.Answers(_ => 500);
        await world.PlanAsync();

        await world.DrainAsync();

        Assert.Equal(3, _receiver.Received.Count);
        Assert.Equal("answered 500, after 3 attempts", Assert.Single(world.Poison).Cause);
    }

    [Fact]
    public async Task Endpoint_that_is_gone_is_disabled_and_asked_no_more()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 2);
        _receiver.Answers(_ => 410);
        await world.PlanAsync();

        await world.DrainAsync();
        var endpoint = await world.Process.Endpoints.FindAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, default);
        var listening = await world.Process.Endpoints.ListeningAsync(WebhooksWorld.Tenant, EventTypes.ProspectReady, world.Job.CampaignId, default);

        Assert.Equal("gone", endpoint!.DisabledReason);
        Assert.Empty(listening);
        Assert.Equal(2, world.Poison.Count);
        Assert.Equal(new DeliverySums(2, 2, 0, 0, 2, 0, 0), await world.SumsAsync());
    }

    [Fact]
    public async Task What_was_planned_for_an_endpoint_that_is_disabled_since_is_dead_without_a_request()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 2);
        await world.PlanAsync();
        await world.DisableAsync("by hand");

        await world.DrainAsync();

        Assert.Empty(_receiver.Received);
        Assert.All(world.Poison, message => Assert.Equal("the endpoint is disabled", message.Cause));
        Assert.Equal("by hand", (await world.Process.Endpoints.FindAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, default))!.DisabledReason);
    }

    [Theory]
    [InlineData("acme", "whe_01kc0000000000000000000001", "none")]
    [InlineData("other", "whe_01kc0000000000000000000001", null)]
    [InlineData("Not a tenant", "whe_01kc0000000000000000000001", null)]
    [InlineData("acme", "whe_unknown", null)]
    public async Task Message_of_a_batch_that_is_not_there_is_dropped(string tenant, string endpoint, string? batch)
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 1);
        await world.PlanAsync();
        var real = world.Take();

        var outcome = await world.Process.Handler.HandleAsync(real with { TenantId = tenant, EndpointId = endpoint, Batch = batch ?? real.Batch }, default);

        Assert.Null(outcome);
        Assert.Empty(_receiver.Received);
    }

    [Fact]
    public async Task More_people_than_a_batch_holds_make_more_batches()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 40);
        await world.Process.People.AddAsync(WebhooksWorld.Tenant, world.Job.CampaignId, WebhooksWorld.Shard, "m2", [.. SomePeople.InShard(WebhooksWorld.Shard, 80).Skip(40)], [], default);
        await world.PlanAsync();
        await world.PlanAsync();

        await world.DrainAsync();

        Assert.Equal(2, world.Sent.Count);
        Assert.Equal(80, _receiver.Received.Select(request => request.Headers["webhook-id"]).Distinct().Count());
        Assert.Equal(80, _receiver.Received.Count);
        Assert.Equal(new DeliverySums(80, 80, 80, 0, 0, 80, 80), await world.SumsAsync());
    }

    [Fact]
    public async Task People_without_a_listener_are_delivered_at_once_and_counted_once()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 3);
        await world.DisableAsync("by hand");

        await world.PlanAsync();
        await world.PlanAsync();

        Assert.Empty(world.Sent);
        Assert.Equal(new DeliverySums(0, 0, 0, 0, 0, 3, 3), await world.SumsAsync());
    }

    [Fact]
    public async Task Lease_that_another_holds_is_respected_until_it_lapses()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 1);
        await world.PlanAsync();
        var message = world.Take();
        await world.Process.Deliveries.TryReplaceAsync(await world.BatchAsync() with { Owner = "another", LeaseUntil = world.Clock.Now + TimeSpan.FromSeconds(20) }, default);

        await world.Process.Handler.HandleAsync(message, default);
        var whileHeld = _receiver.Received.Count;
        world.Clock.Pass(TimeSpan.FromSeconds(20));
        await world.Process.Handler.HandleAsync(message, default);

        Assert.Equal(0, whileHeld);
        Assert.Single(_receiver.Received);
    }
}
