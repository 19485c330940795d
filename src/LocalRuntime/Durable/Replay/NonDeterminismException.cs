using ProspectOps.LocalRuntime.Durable.History;

namespace ProspectOps.LocalRuntime.Durable.Replay;

/// <summary>The code did not do what the history says that it did.</summary>
internal sealed class NonDeterminismException(string message) : Exception(
    $"Non-Deterministic workflow detected: {message} The orchestrator's code has changed since the instance started, or is not deterministic.")
{
    // The name that this failure has on Azure, so that whoever reads ErrorType finds the same in both places.
    public const string OfficialType = "DurableTask.Core.Exceptions.NonDeterministicOrchestrationException";

    public FailureRecord ToRecord() => new(OfficialType, Message, StackTrace);
}
