namespace ProspectOps.Tenancy.Audit;

/// <summary>Which entries are wanted; null for all.</summary>
/// <param name="Action">Whole, or its beginning up to a dot, such as <c>key</c>.</param>
public sealed record AuditFilter(string? Actor, string? Action, string? Target, DateTimeOffset? From, DateTimeOffset? To)
{
    public bool Matches(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return (Actor is null || entry.Actor == Actor)
            && (Action is null || entry.Action == Action || entry.Action.StartsWith(Action + ".", StringComparison.Ordinal))
            && (Target is null || entry.Target == Target)
            && (From is null || entry.At >= From)
            && (To is null || entry.At < To);
    }
}
