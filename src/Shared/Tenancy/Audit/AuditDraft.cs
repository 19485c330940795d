namespace ProspectOps.Tenancy.Audit;

/// <summary>Something that is about to be done, or was refused, before it has its place in the log.</summary>
/// <param name="Actor">Who: <c>key_…</c>, <c>system</c>, or <c>anonymous</c>.</param>
/// <param name="ActorTenant">The tenant of who did it.</param>
/// <param name="Action">What: <c>noun.verb</c>, such as <c>key.revoke</c>.</param>
/// <param name="Target">What it was done to: an id, or a path.</param>
/// <param name="Before">What it was before, without secrets; null where it was not.</param>
/// <param name="After">What it becomes, without secrets; null where it goes.</param>
public sealed record AuditDraft(
    string Actor, string ActorTenant, string Action, string? Target, object? Before, object? After, string? Address, string? RequestId)
{
    public static AuditDraft By(Caller caller, string action, string? target, object? before, object? after)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return new AuditDraft($"key_{caller.KeyId}", caller.Tenant.Value, action, target, before, after, caller.Address, caller.RequestId);
    }
}
