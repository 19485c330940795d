using ProspectOps.LocalRuntime.Durable.History;

namespace ProspectOps.LocalRuntime.Durable.Replay;

/// <summary>How an execution ended.</summary>
internal abstract record EpisodeEnd;

/// <param name="Output">As JSON.</param>
internal sealed record ExecutionCompleted(string? Output) : EpisodeEnd;

internal sealed record ExecutionFailed(FailureRecord Failure) : EpisodeEnd;

/// <param name="Input">Of the next execution, as JSON.</param>
/// <param name="Carried">Events for the next execution.</param>
internal sealed record ExecutionContinued(string? Input, IReadOnlyList<EventRaised> Carried) : EpisodeEnd;
