using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProspectOps.Platform.Json;

namespace ProspectOps.Tenancy.Audit;

/// <summary>One entry of a tenant's log, chained to the one before.</summary>
/// <param name="Seq">Its place in the month, 1 for the first.</param>
/// <param name="PreviousHash">Hash of the entry before it in the month; empty for the first.</param>
public sealed record AuditEntry(
    string AuditId, DateTimeOffset At, string Month, long Seq, string Actor, string ActorTenant, string Action, string? Target,
    JsonElement? Before, JsonElement? After, string? Address, string? RequestId, string PreviousHash)
{
    /// <summary>As it is stored, and hashed.</summary>
    public string ToText() => JsonSerializer.Serialize(this, JsonDefaults.Options);

    /// <summary>A text that is no entry becomes one that nothing is known of: somebody wrote into the table.</summary>
    public static AuditEntry Parse(string text, string month)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditEntry>(text, JsonDefaults.Options)!;
        }
        catch (JsonException)
        {
            return new AuditEntry("", DateTimeOffset.UnixEpoch, month, 0, "", "", "unreadable", null, null, null, null, null, "");
        }
    }

    /// <summary>SHA-256 of the stored text, in hex: anybody can compute it.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
