using ProspectOps.LocalRuntime.Durable.History;

namespace ProspectOps.LocalRuntime.Durable.Replay;

/// <summary>What one replay led to.</summary>
internal sealed class EpisodeOutcome
{
    /// <summary>New decisions, by id.</summary>
    public required IReadOnlyList<ActionEvent> Actions { get; init; }

    /// <summary>As JSON.</summary>
    public string? CustomStatus { get; init; }

    /// <summary><see langword="null"/> where the orchestrator waits.</summary>
    public EpisodeEnd? End { get; init; }

    public bool IsSuspended { get; init; }

    /// <summary>Timers that nothing waits for any more.</summary>
    public IReadOnlyCollection<int> CancelledTimers { get; init; } = [];
}
