using ProspectOps.Operations;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Webhooks;

public sealed class DeliverySweeperTests : IAsyncLifetime
{
    private Loopback _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await Loopback.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task Lost_message_is_sent_again_once_its_sender_had_time()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 1);
        await world.PlanAsync();
        var lost = world.Take();

        var early = await world.Process.Sweeper.SweepAsync(othersAreDead: false, default);
        world.Clock.Pass(TimeSpan.FromSeconds(21));
        var late = await world.Process.Sweeper.SweepAsync(othersAreDead: false, default);
        var again = await world.Process.Sweeper.SweepAsync(othersAreDead: false, default);
        await world.DrainAsync();

        Assert.Equal((0, 1, 0), (early, late, again));
        Assert.Equal(lost, world.Sent[1].Message);
        Assert.Single(_receiver.Received);
        Assert.Empty(await world.DueAsync());
    }

    [Fact]
    public async Task Where_nobody_else_lives_it_is_sent_again_at_once()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 1);
        await world.PlanAsync();

        Assert.Equal(1, await world.Process.Sweeper.SweepAsync(othersAreDead: true, default));
    }

    [Fact]
    public async Task Lease_of_another_counts_unless_the_other_is_dead()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 1);
        await world.PlanAsync();
        world.Clock.Pass(TimeSpan.FromSeconds(21));
        await world.Process.Deliveries.TryReplaceAsync(await world.BatchAsync() with { Owner = "another", LeaseUntil = world.Clock.Now + TimeSpan.FromSeconds(10) }, default);

        var alive = await world.Process.Sweeper.SweepAsync(othersAreDead: false, default);
        var dead = await world.Process.Sweeper.SweepAsync(othersAreDead: true, default);
        var batch = await world.BatchAsync();

        Assert.Equal((0, 1), (alive, dead));
        Assert.Null(batch.Owner);
        Assert.Null(batch.LeaseUntil);
    }

    [Fact]
    public async Task Lapsed_lease_counts_no_more()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 1);
        await world.PlanAsync();
        await world.Process.Deliveries.TryReplaceAsync(await world.BatchAsync() with { Owner = "another", LeaseUntil = world.Clock.Now + TimeSpan.FromSeconds(20) }, default);
        world.Clock.Pass(TimeSpan.FromSeconds(21));

        Assert.Equal(1, await world.Process.Sweeper.SweepAsync(othersAreDead: false, default));
    }

    [Fact]
    public async Task Own_lease_is_never_taken_away()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 1);
        await world.PlanAsync();
        var holding = new TaskCompletionSource();
        var swept = new TaskCompletionSource<int>();
        _receiver.Answer = async (_, _) =>
        {
            holding.SetResult();
            await swept.Task;
        };

        var handling = world.Process.Handler.HandleAsync(world.Take(), default);
        await holding.Task;
        swept.SetResult(await world.Process.Sweeper.SweepAsync(othersAreDead: true, default));
        await handling;

        Assert.Equal(0, await swept.Task);
        Assert.Equal("d", (await world.BatchAsync()).States);
    }

    [Fact]
    public async Task Retry_that_waits_is_not_hurried()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 1);
        _receiver.Answers(_ => 500);
        await world.PlanAsync();
        await world.Process.Handler.HandleAsync(world.Take(), default);

        var before = await world.Process.Sweeper.SweepAsync(othersAreDead: false, default);
        world.Clock.Pass(TimeSpan.FromSeconds(27));
        var after = await world.Process.Sweeper.SweepAsync(othersAreDead: false, default);

        Assert.Equal((0, 1), (before, after));
        Assert.Equal(2, world.Sent[^1].Message.Turn);
    }

    [Fact]
    public async Task Reminder_without_a_batch_goes_after_ten_minutes()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 0);
        await world.Process.Due.AddAsync(DeliverySweeper.Kind, DueStore.RowOf(world.Clock.Now, WebhooksWorld.Tenant, $"{WebhooksWorld.EndpointId}|none"), default);
        await world.Process.Due.AddAsync(DeliverySweeper.Kind, DueStore.RowOf(world.Clock.Now, WebhooksWorld.Tenant, "garbage"), default);

        await world.Process.Sweeper.SweepAsync(othersAreDead: false, default);
        var soon = (await world.DueAsync()).Count;
        world.Clock.Pass(TimeSpan.FromMinutes(11));
        await world.Process.Sweeper.SweepAsync(othersAreDead: false, default);

        Assert.Equal(2, soon);
        Assert.Empty(await world.DueAsync());
    }
}
