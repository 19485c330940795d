namespace ProspectOps.LocalRuntime.Durable.Storage;

/// <summary>An event that an orchestration has sent and that is not delivered yet.</summary>
/// <param name="Key">Its row key in the sender's partition.</param>
/// <param name="MessageId">The same however often it is delivered.</param>
/// <param name="InstanceId">To whom.</param>
/// <param name="Name">The event's name.</param>
/// <param name="Payload">The event's content.</param>
internal sealed record OutboxMessage(string Key, string MessageId, string InstanceId, string Name, string? Payload);
