using System.Text.Json.Serialization;

namespace ProspectOps.LocalRuntime.Durable.History;

/// <summary>One line of an execution's history. Names in storage are short and never change: old rows must stay readable.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "k")]
[JsonDerivedType(typeof(EpisodeStarted), "ep")]
[JsonDerivedType(typeof(ExecutionStarted), "xs")]
[JsonDerivedType(typeof(TaskScheduled), "as")]
[JsonDerivedType(typeof(TaskCompleted), "ac")]
[JsonDerivedType(typeof(TaskFailed), "af")]
[JsonDerivedType(typeof(ChildScheduled), "cs")]
[JsonDerivedType(typeof(ChildCompleted), "cc")]
[JsonDerivedType(typeof(ChildFailed), "cf")]
[JsonDerivedType(typeof(TimerScheduled), "ts")]
[JsonDerivedType(typeof(TimerFired), "tf")]
[JsonDerivedType(typeof(EventSent), "es")]
[JsonDerivedType(typeof(EventRaised), "er")]
[JsonDerivedType(typeof(ExecutionSuspended), "su")]
[JsonDerivedType(typeof(ExecutionResumed), "re")]
internal abstract record HistoryEvent
{
    /// <summary>Input, result or event content, as JSON text.</summary>
    [JsonPropertyName("p")]
    public string? Payload { get; init; }

    /// <summary>In storage only: the blob that holds the payload instead.</summary>
    [JsonPropertyName("b")]
    public string? PayloadBlob { get; init; }
}

/// <summary>A replay began with the events after this one as new. Sets orchestration time.</summary>
internal sealed record EpisodeStarted([property: JsonPropertyName("t")] DateTime UtcNow) : HistoryEvent;

/// <summary>The orchestrator's code begins. Its input is the instance's.</summary>
internal sealed record ExecutionStarted : HistoryEvent;

/// <summary>What the orchestrator decided, numbered in the order of its calls.</summary>
internal abstract record ActionEvent([property: JsonPropertyName("i")] int Id, [property: JsonPropertyName("n")] string Name) : HistoryEvent;

internal sealed record TaskScheduled(int Id, string Name) : ActionEvent(Id, Name);

internal sealed record ChildScheduled(int Id, string Name, [property: JsonPropertyName("o")] string InstanceId) : ActionEvent(Id, Name)
{
    [JsonPropertyName("g")]
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

internal sealed record TimerScheduled(int Id, [property: JsonPropertyName("t")] DateTime FireAt) : ActionEvent(Id, "timer");

internal sealed record EventSent(int Id, string Name, [property: JsonPropertyName("o")] string InstanceId) : ActionEvent(Id, Name);

/// <summary>How an action of the orchestrator ended.</summary>
internal abstract record CompletionEvent([property: JsonPropertyName("i")] int Id) : HistoryEvent;

internal sealed record TaskCompleted(int Id) : CompletionEvent(Id);

internal sealed record TaskFailed(int Id, [property: JsonPropertyName("f")] FailureRecord Failure) : CompletionEvent(Id);

internal sealed record ChildCompleted(int Id) : CompletionEvent(Id);

internal sealed record ChildFailed(int Id, [property: JsonPropertyName("f")] FailureRecord Failure) : CompletionEvent(Id);

internal sealed record TimerFired(int Id) : CompletionEvent(Id);

/// <summary>An event came from outside.</summary>
/// <param name="Name">Compared ignoring case.</param>
/// <param name="MessageId">Of an event sent by an orchestration, to know it again when it is delivered twice.</param>
internal sealed record EventRaised(
    [property: JsonPropertyName("n")] string Name, [property: JsonPropertyName("m")] string? MessageId) : HistoryEvent;

internal sealed record ExecutionSuspended([property: JsonPropertyName("r")] string? Reason) : HistoryEvent;

internal sealed record ExecutionResumed([property: JsonPropertyName("r")] string? Reason) : HistoryEvent;
