using ProspectOps.Functions.Pipeline;
using ProspectOps.Pipeline;

namespace ProspectOps.Functions.Tests.Pipeline;

public sealed class CompletePipelineOrchestratorTests
{
    private static readonly PipelineJob Waiting = new(
        "acme", "wf", "cmp", "casino", null, new PipelineSettings(), Waiting: new DeliveryWait(DateTimeOffset.UnixEpoch, ["whe_1"], IsAnnounced: false));

    private int _attemptsAhead = int.MaxValue;
    private WorkflowControl _control = WorkflowControl.Run;
    private FinishWork? _ended;

    [Fact]
    public async Task Attempts_that_do_not_come_for_days_leave_a_short_history()
    {
        var input = Waiting;
        for (var generation = 0; generation < 20; generation++)
        {
            var orchestration = await RunAsync(input);
            Assert.InRange(orchestration.Activities.Count, 1, 200);
            input = Assert.IsType<PipelineJob>(orchestration.NextInput);
        }
        Assert.Null(_ended);
        Assert.Equal((false, "whe_1"), (input.Waiting!.IsAnnounced, input.Waiting.Endpoints.Single()));

        _attemptsAhead = 0;
        var last = await RunAsync(input);
        Assert.Null(last.NextInput);
        Assert.Equal(WorkflowStatus.Completed, _ended!.Status);
        Assert.Equal(1, last.Activities.Count(name => name == nameof(PipelineActivities.AnnounceCampaign)));
    }

    [Fact]
    public async Task Campaign_is_announced_once_though_the_attempts_at_that_take_generations()
    {
        _attemptsAhead = 0;
        var announcing = await RunAsync(Waiting, onAnnounced: () => _attemptsAhead = int.MaxValue);
        var input = Assert.IsType<PipelineJob>(announcing.NextInput);
        Assert.True(input.Waiting!.IsAnnounced);

        _attemptsAhead = 0;
        Assert.DoesNotContain(nameof(PipelineActivities.AnnounceCampaign), (await RunAsync(input)).Activities);
        Assert.Equal(WorkflowStatus.Completed, _ended!.Status);
    }

    [Fact]
    public async Task Cancel_ends_the_waiting()
    {
        _control = WorkflowControl.Cancel;

        var orchestration = await RunAsync(Waiting);

        Assert.Null(orchestration.NextInput);
        Assert.Equal(WorkflowStatus.Canceled, _ended!.Status);
        Assert.DoesNotContain(nameof(PipelineActivities.AnnounceCampaign), orchestration.Activities);
    }

    [Fact]
    public void Signal_that_comes_between_two_waits_ends_the_second()
    {
        var (reads, timers) = (0, 0);
        FakeOrchestration orchestration = null!;
        orchestration = new FakeOrchestration(
            Waiting,
            (name, _) => name switch
            {
                nameof(PipelineActivities.CountAttemptsAhead) => 1L,
                nameof(PipelineActivities.ReadWorkflow) => Read(),
                _ => null,
            },
            timersFire: () => ++timers == 1);

        var run = CompletePipelineOrchestrator.RunAsync(orchestration);

        Assert.True(run.IsCompletedSuccessfully);
        Assert.Equal((3, 2), (reads, timers));

        WorkflowState Read()
        {
            // Written and signalled after this read, while its result is on the way.
            if (++reads == 2)
                orchestration.Raise(Orchestration.Signal);
            return new WorkflowState(reads < 3 ? WorkflowControl.Suspend : WorkflowControl.Cancel, null, null);
        }
    }

    private async Task<FakeOrchestration> RunAsync(PipelineJob input, Action? onAnnounced = null)
    {
        var orchestration = new FakeOrchestration(input, (name, given) => name switch
        {
            nameof(PipelineActivities.CountAttemptsAhead) => (long)_attemptsAhead,
            nameof(PipelineActivities.ReadWorkflow) => new WorkflowState(_control, null, null),
            nameof(PipelineActivities.AnnounceCampaign) => Announce(),
            nameof(PipelineActivities.FinishWorkflow) => _ended = (FinishWork)given!,
            _ => throw new InvalidOperationException($"{name} is not a step of the waiting."),
        });
        await CompletePipelineOrchestrator.RunAsync(orchestration);
        return orchestration;

        object Announce()
        {
            onAnnounced?.Invoke();
            return true;
        }
    }
}
