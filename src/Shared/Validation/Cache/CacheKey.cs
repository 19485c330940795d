using System.Security.Cryptography;
using System.Text;
using ProspectOps.Tenancy;

namespace ProspectOps.Validation.Cache;

/// <summary>Where a mailbox's verdict lies: partition tenant|2 hex, row SHA-256 of the canonical address in hex.</summary>
internal readonly record struct CacheKey(string Partition, string Row)
{
    public static CacheKey Of(TenantId tenant, string canonical)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        // A canonical address has 254 octets at most.
        Span<byte> text = stackalloc byte[EmailLimits.Address + 2];
        SHA256.HashData(text[..Encoding.UTF8.GetBytes(canonical, text)], hash);
        var row = Convert.ToHexStringLower(hash);
        return new($"{tenant.Value}|{row.AsSpan(0, 2)}", row);
    }
}
