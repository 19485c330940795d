using System.Text.Json;
using ProspectOps.Tenancy.Audit;

namespace ProspectOps.Functions.Tenancy;

/// <summary>An entry of the audit log as clients see it. All but <paramref name="Hash"/>, in this order, without nulls, is what the hash is of.</summary>
public sealed record AuditView(
    string AuditId, DateTimeOffset At, string Month, long Seq, string Actor, string ActorTenant, string Action, string? Target,
    JsonElement? Before, JsonElement? After, string? Address, string? RequestId, string PreviousHash, string Hash)
{
    public static AuditView Of(StoredAuditEntry stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var entry = stored.Entry;
        return new AuditView(
            entry.AuditId, entry.At, entry.Month, entry.Seq, entry.Actor, entry.ActorTenant, entry.Action, entry.Target, entry.Before, entry.After, entry.Address, entry.RequestId, entry.PreviousHash, stored.Hash);
    }
}
