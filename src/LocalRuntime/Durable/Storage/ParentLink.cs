namespace ProspectOps.LocalRuntime.Durable.Storage;

/// <summary>Which task of which execution an instance was started by.</summary>
/// <param name="InstanceId">The parent's id.</param>
/// <param name="Name">The parent's orchestrator.</param>
/// <param name="Ordinal">The parent's execution.</param>
/// <param name="TaskId">The parent's task, from 0.</param>
/// <param name="Use">The parent's list key: a purged id begins to count its executions anew. <see langword="null"/> in rows of older versions.</param>
internal sealed record ParentLink(string InstanceId, string Name, int Ordinal, int TaskId, string? Use)
{
    /// <returns>Whether both mean the same task.</returns>
    public bool IsSame(ParentLink? other) => other is not null && (Use is null || other.Use is null ? this with { Use = other.Use } == other : this == other);

    /// <returns>Whether the instance with that list key may be the parent.</returns>
    public bool IsUse(string listKey) => Use is null || Use == listKey;
}
