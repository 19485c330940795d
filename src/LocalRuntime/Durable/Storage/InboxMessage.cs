namespace ProspectOps.LocalRuntime.Durable.Storage;

/// <summary>A message from outside that waits for its instance.</summary>
/// <param name="Key">Its row key; messages are taken in key order.</param>
/// <param name="Kind">What it asks for.</param>
/// <param name="Name">The event's name.</param>
/// <param name="Payload">The event's content, the output or the reason.</param>
/// <param name="MessageId">Of an event sent by an orchestration.</param>
/// <param name="Use">List key of the instance that it is for; <see langword="null"/> for whoever has the id.</param>
internal sealed record InboxMessage(string Key, InboxKind Kind, string? Name, string? Payload, string? MessageId = null, string? Use = null);
