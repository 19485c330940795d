using ProspectOps.LocalRuntime.Durable.History;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>What the next episode of an instance has to look at.</summary>
internal abstract record Message;

/// <summary>The execution may begin.</summary>
internal sealed record StartMessage : Message;

/// <summary>A task of the execution ended.</summary>
/// <param name="Ordinal">The execution that it belongs to.</param>
/// <param name="Event">How it ended.</param>
/// <param name="Child">The sub-orchestration that need not be kept on the list of unfinished ones once this is recorded.</param>
internal sealed record CompletionMessage(int Ordinal, CompletionEvent Event, FinishedInstance? Child = null) : Message;

/// <summary>Something from outside, durable already.</summary>
internal sealed record ExternalMessage(InboxMessage Content) : Message;

/// <summary>An await that is not allowed showed itself after the episode that did it.</summary>
internal sealed record IllegalAwaitMessage(int Ordinal) : Message;
