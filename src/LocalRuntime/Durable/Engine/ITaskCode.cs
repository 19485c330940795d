using ProspectOps.LocalRuntime.Durable.Replay;

namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>The app's orchestrators and activities, by name ignoring case.</summary>
internal interface ITaskCode
{
    /// <summary>Called on the orchestrator's thread, which the run must not leave.</summary>
    /// <exception cref="InvalidOperationException">There is no orchestrator of that name.</exception>
    OrchestratorRun StartOrchestrator(ReplayContext context);

    /// <param name="name">Which.</param>
    /// <param name="instanceId">Of the orchestration that called it.</param>
    /// <param name="input">As JSON.</param>
    /// <param name="cancellationToken">Cancelled when the host stops.</param>
    /// <returns>The result as JSON.</returns>
    /// <exception cref="InvalidOperationException">There is no activity of that name.</exception>
    Task<string?> RunActivityAsync(string name, string instanceId, string? input, CancellationToken cancellationToken);
}
