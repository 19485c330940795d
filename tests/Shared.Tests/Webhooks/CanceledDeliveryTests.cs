using ProspectOps.Pipeline;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Webhooks;

public sealed class CanceledDeliveryTests : IAsyncLifetime
{
    private Loopback _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await Loopback.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task What_nobody_was_told_of_when_the_workflow_was_canceled_is_not_sent()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 40);
        await world.PlanAsync();

        await CancelAsync(world);
        await world.SettleAsync();

        Assert.Empty(_receiver.Received);
        Assert.Equal(new DeliveryCounts(0, 0, 0, 0, 40), await CountsAsync(world));
        Assert.Empty(await world.LettersAsync());
        Assert.Empty(await world.DueAsync());
        var (items, _) = await world.Process.Reader.ListAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, "canceled", "", 100, default);
        Assert.Equal(40, items.Count);
        Assert.All(items, item => Assert.Equal("the workflow was canceled", item.Cause));
    }

    [Fact]
    public async Task What_was_attempted_before_the_cancel_keeps_its_schedule()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 3);
        // One request within a turn; the others are put off.
        await world.Process.Endpoints.UpdateAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, endpoint => endpoint with { RatePerSecond = 0.1 }, default);
        _receiver.Answer = Loopback.Status(503);
        await world.PlanAsync();
        await world.Process.Handler.HandleAsync(world.Take(), default);
        var before = (await world.BatchAsync()).States;
        _receiver.Answer = Loopback.Status(204);

        await CancelAsync(world);
        await world.SettleAsync();

        Assert.Equal("oor", new string([.. before.Order()]));
        Assert.Equal(2, _receiver.Received.Count);
        Assert.Single(_receiver.Received.Select(request => request.Headers["webhook-id"]).Distinct());
        Assert.Equal(new DeliveryCounts(0, 1, 0, 0, 2), await CountsAsync(world));
        Assert.Empty(await world.DueAsync());
    }

    [Fact]
    public async Task Canceled_delivery_goes_out_when_a_person_asks_for_it()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 2);
        await world.PlanAsync();
        await CancelAsync(world);
        await world.SettleAsync();
        var name = (await world.BatchAsync()).Name;

        var count = await world.Process.Reopening.ReopenAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, name, [1], null, default);
        await world.SettleAsync();

        Assert.Equal(1, count);
        Assert.Single(_receiver.Received);
        Assert.Equal("cd", (await world.BatchAsync()).States);
        Assert.Equal(new DeliveryCounts(0, 1, 0, 0, 1), await CountsAsync(world));
    }

    [Fact]
    public async Task Replay_of_a_canceled_workflow_is_sent()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 2);
        await world.PlanAsync();
        await CancelAsync(world);
        await world.SettleAsync();

        await world.Process.Replays.StartAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, world.Clock.Now - TimeSpan.FromHours(1), isDryRun: false, "seed0001", default);
        await world.SettleAsync();

        Assert.Equal(2, _receiver.Received.Count);
    }

    [Fact]
    public async Task Workflow_that_failed_though_it_was_to_be_canceled_says_so()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 0);
        await CancelAsync(world);
        await world.Process.Workflows.UpdateAsync(WebhooksWorld.Tenant, world.Job.WorkflowId, header => header with { Status = WorkflowStatus.Failed }, default);

        await world.Process.Planner.PlanOneAsync(world.Job, EventTypes.CampaignFailed, new { world.Job.WorkflowId }, 16, 3, world.Clock.Now, default);
        await world.SettleAsync();

        Assert.Single(_receiver.Received);
    }

    [Fact]
    public async Task Store_is_asked_for_a_cancel_once_for_many_batches()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 0);
        var storage = new CrashingStorage(world.Storage);
        using var workflows = new WorkflowStore(storage);
        var controls = new WorkflowControls(workflows, world.Clock);

        for (var batch = 0; batch < 10; batch++)
            Assert.False(await controls.IsCanceledAsync(WebhooksWorld.Tenant, world.Job.WorkflowId, default));
        var atFirst = storage.Calls;
        await CancelAsync(world);
        world.Clock.Pass(TimeSpan.FromSeconds(1));

        Assert.True(await controls.IsCanceledAsync(WebhooksWorld.Tenant, world.Job.WorkflowId, default));
        Assert.Equal((1, 2), (atFirst, storage.Calls));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_call_it_dies_at_what_was_canceled_is_counted_once(bool callArrives)
    {
        var calls = await RunAsync(0, callArrives);
        Assert.InRange(calls, 5, 50);

        for (var call = 1; call <= calls; call++)
            await RunAsync(call, callArrives);
    }

    private async Task<int> RunAsync(int diesAt, bool callArrives)
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 3);
        await world.PlanAsync();
        await CancelAsync(world);
        var crashing = new CrashingStorage(world.Storage) { DiesAt = diesAt, CallArrives = callArrives };
        world.Start(crashing);
        try
        {
            await world.DrainAsync();
        }
        catch (ProcessDiedException)
        {
            // Its message stays hidden.
        }

        world.Start(world.Storage);
        for (var sweep = 0; sweep < 3; sweep++)
        {
            await world.Process.Sweeper.SweepAsync(othersAreDead: true, default);
            await world.DrainAsync();
            world.Clock.Pass(TimeSpan.FromSeconds(10));
        }

        var why = $"died at call {diesAt}: {(await world.BatchAsync()).States}, {await CountsAsync(world)}";
        Assert.True(new DeliveryCounts(0, 0, 0, 0, 3) == await CountsAsync(world), why);
        Assert.True(_receiver.Received.Count == 0, why);
        world.Clock.Pass(TimeSpan.FromMinutes(11));
        await world.Process.Sweeper.SweepAsync(othersAreDead: false, default);
        Assert.True((await world.DueAsync()).Count == 0, $"{why}: reminders are left");
        return crashing.Calls;
    }

    private static async Task CancelAsync(WebhooksWorld world)
    {
        // What was known of it lapses within a second.
        world.Clock.Pass(TimeSpan.FromSeconds(1));
        await world.Process.Workflows.UpdateAsync(WebhooksWorld.Tenant, world.Job.WorkflowId, header => header with { Control = WorkflowControl.Cancel }, default);
    }

    private static async Task<DeliveryCounts> CountsAsync(WebhooksWorld world)
    {
        var read = await world.Process.Workflows.ReadAsync(WebhooksWorld.Tenant, world.Job.WorkflowId, default);
        return WorkflowView.Of(read!.Value.Header, read.Value.Counters).Deliveries;
    }
}
