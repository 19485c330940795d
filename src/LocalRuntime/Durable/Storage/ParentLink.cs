namespace ProspectOps.LocalRuntime.Durable.Storage;

/// <summary>Which task of which execution an instance was started by.</summary>
/// <param name="InstanceId">The parent's id.</param>
/// <param name="Name">The parent's orchestrator.</param>
/// <param name="Ordinal">The parent's execution.</param>
/// <param name="TaskId">The parent's task, from 0.</param>
internal sealed record ParentLink(string InstanceId, string Name, int Ordinal, int TaskId);
