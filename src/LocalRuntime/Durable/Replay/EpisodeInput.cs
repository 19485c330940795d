using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using ProspectOps.LocalRuntime.Durable.History;

namespace ProspectOps.LocalRuntime.Durable.Replay;

/// <summary>What one replay is made of.</summary>
internal sealed class EpisodeInput
{
    public required string InstanceId { get; init; }

    public required string Name { get; init; }

    public string? Input { get; init; }

    public ParentOrchestrationInstance? Parent { get; init; }

    /// <summary>Recorded before.</summary>
    public required IReadOnlyList<HistoryEvent> Past { get; init; }

    /// <summary>To record with this episode. Begins with <see cref="EpisodeStarted"/>.</summary>
    public required IReadOnlyList<HistoryEvent> New { get; init; }

    /// <summary>The orchestrator. Called once, on the orchestrator's thread.</summary>
    public required Func<ReplayContext, Task<object?>> Code { get; init; }

    public required DataConverter Converter { get; init; }

    public required ILoggerFactory LoggerFactory { get; init; }

    /// <summary>Called, on any thread, if an await that is not allowed shows itself after the episode.</summary>
    public Action OnLateIllegalAwait { get; init; } = static () => { };
}
