using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ProspectOps.Validation.Cache;

/// <summary>Stands for a mailbox in the cache: the first 128 bits of the SHA-256 of its canonical address.</summary>
internal readonly record struct MailboxHash(UInt128 Value) : IComparable<MailboxHash>
{
    public const int Bytes = 16;

    /// <summary>The first 12 bits: which of a tenant's 4,096 buckets it lies in.</summary>
    public int Bucket => (int)(Value >> 116);

    public static MailboxHash Of(string canonical)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Octets(canonical, stackalloc byte[EmailLimits.Address + 2]), hash);
        return new(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    /// <summary>All 256 bits in hex, for tables with a row a mailbox.</summary>
    public static string HexOf(string canonical) =>
        Convert.ToHexStringLower(SHA256.HashData(Octets(canonical, stackalloc byte[EmailLimits.Address + 2])));

    public int CompareTo(MailboxHash other) => Value.CompareTo(other.Value);

    // A canonical address has 254 octets at most.
    private static ReadOnlySpan<byte> Octets(string canonical, Span<byte> buffer) => buffer[..Encoding.UTF8.GetBytes(canonical, buffer)];
}
