using Microsoft.DurableTask;
using ProspectOps.Pipeline;

namespace ProspectOps.Functions.Pipeline;

/// <summary>The signal that a workflow waits for, again and again. One for each run of an orchestrator.</summary>
/// <remarks>A wait that was given up takes the next event with it. So none is: the wait outlives its time-outs.</remarks>
internal sealed class WorkflowSignal(TaskOrchestrationContext context)
{
    private Task<string>? _signal;

    /// <summary>Ends with the next signal that none of these waits has had, or after a while.</summary>
    public async Task WaitAsync(TimeSpan patience)
    {
        using var isOver = new CancellationTokenSource();
        var timer = context.CreateTimer(patience, isOver.Token);
        _signal ??= context.WaitForExternalEvent<string>(Orchestration.Signal);
        if (await Task.WhenAny(timer, _signal) == timer)
            return;

        _signal = null;
        // Inline, on the orchestrator's thread; CancelAsync would leave it.
#pragma warning disable CA1849
        isOver.Cancel();
#pragma warning restore CA1849
    }
}
