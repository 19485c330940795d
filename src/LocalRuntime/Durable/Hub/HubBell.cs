namespace ProspectOps.LocalRuntime.Durable.Hub;

/// <summary>A note for the owner of a partition: an instance is new or has a message.</summary>
internal sealed record HubBell(string Key, int Partition, string InstanceId);
