using ProspectOps.Campaigns;
using ProspectOps.Pipeline;
using ProspectOps.Tests.Webhooks;

namespace ProspectOps.Tests.Pipeline;

/// <summary>A workflow and its campaign end in two writes.</summary>
public sealed class EndedWorkflowTests : IAsyncLifetime
{
    private Loopback _receiver = null!;
    private WebhooksWorld _world = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await Loopback.StartAsync();
        _world = await WebhooksWorld.WithAsync(_receiver, people: 0);
        await new CampaignStore(_world.Storage).AddAsync(WebhooksWorld.Tenant, new Campaign(_world.Job.CampaignId, "Spring", "igaming", null, CampaignStatus.Running, _world.Clock.Now), default);
    }

    public async ValueTask DisposeAsync()
    {
        _world.Dispose();
        await _receiver.DisposeAsync();
    }

    [Theory]
    [InlineData(WorkflowStatus.Completed, CampaignStatus.Completed)]
    [InlineData(WorkflowStatus.Canceled, CampaignStatus.Canceled)]
    public async Task Whoever_sees_that_a_workflow_has_ended_sees_its_campaign_ended(WorkflowStatus status, CampaignStatus expected)
    {
        var seen = new List<CampaignStatus>();

        await FinishAsync(status, beforeTheWorkflowEnds: async () => seen.Add(await StatusAsync()));

        Assert.Equal([expected], seen);
        Assert.Equal(status, (await HeaderAsync()).Status);
    }

    [Fact]
    public async Task Workflow_that_is_canceled_while_it_ends_is_canceled_with_its_campaign()
    {
        await FinishAsync(WorkflowStatus.Completed, beforeTheWorkflowEnds: () => _world.Process.Workflows.UpdateAsync(
            WebhooksWorld.Tenant, _world.Job.WorkflowId, header => header with { Control = WorkflowControl.Cancel }, default));

        Assert.Equal((WorkflowStatus.Canceled, CampaignStatus.Canceled), ((await HeaderAsync()).Status, await StatusAsync()));
    }

    private async Task FinishAsync(WorkflowStatus status, Func<Task> beforeTheWorkflowEnds)
    {
        var meddled = new MeddledStorage(_world.Storage);
        meddled.Once(call => call is { Place: "Workflows", Operation: "replace" }, CallFate.Arrives, beforeTheWorkflowEnds);
        using var workflows = new WorkflowStore(meddled);
        var stages = new StageStep(workflows, new CampaignStore(meddled), _world.Process.People, _world.Process.Planner, _world.Clock);
        await stages.FinishAsync(new FinishWork(_world.Job, status, null), default);
    }

    private async Task<WorkflowHeader> HeaderAsync() => (await _world.Process.Workflows.FindAsync(WebhooksWorld.Tenant, _world.Job.WorkflowId, default))!;

    private async Task<CampaignStatus> StatusAsync() => (await new CampaignStore(_world.Storage).FindAsync(WebhooksWorld.Tenant, _world.Job.CampaignId, default))!.Status;
}
