using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ProspectOps.Tenancy;

namespace ProspectOps.Validation.Suppressions;

/// <summary>Where a mailbox's suppression lies: one of 16 partitions, and there its hash.</summary>
/// <param name="Tag">The hash's first 64 bits: what is held in memory.</param>
internal readonly record struct SuppressionKey(int Shard, string Row, ulong Tag)
{
    public const int Shards = 16;

    public static SuppressionKey Of(string canonical)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(canonical));
        return new(hash[0] >> 4, $"s|{Convert.ToHexStringLower(hash)}", BinaryPrimitives.ReadUInt64BigEndian(hash));
    }

    public static ulong TagOf(string row) => Convert.ToUInt64(row.Substring(2, 16), 16);

    public static string PartitionOf(TenantId tenant, int shard) => $"{tenant.Value}|{shard:x}";
}
