namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>One replay of an orchestrator under way.</summary>
/// <param name="Result">Never completes where the orchestrator waits.</param>
/// <param name="Scope">What to dispose when the replay is over.</param>
internal sealed record OrchestratorRun(Task<object?> Result, IAsyncDisposable? Scope);
