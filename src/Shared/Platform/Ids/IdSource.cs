using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ProspectOps.Platform.Ids;

/// <summary>Makes ids: a type's prefix and 26 characters, 48 bits of milliseconds and 80 of chance (ULID), so that they sort by time.</summary>
public sealed class IdSource(TimeProvider clock)
{
    private const int Length = 26;

    /// <param name="prefix">Such as <c>wf</c>; an underscore follows.</param>
    public string New(string prefix) => $"{prefix}_{NewSuffix()}";

    /// <summary>What follows the prefix: one of them may name several things that belong together.</summary>
    public string NewSuffix()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, clock.GetUtcNow().ToUnixTimeMilliseconds() << 16);
        RandomNumberGenerator.Fill(bytes[6..]);
        return Base32.Encode(bytes, Length);
    }

    /// <summary>What ids of that millisecond or a later one do not come before.</summary>
    public static string FirstSuffixOf(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteInt64BigEndian(bytes, time.ToUnixTimeMilliseconds() << 16);
        return Base32.Encode(bytes, Length);
    }

    /// <summary>Whether <paramref name="id"/> has the shape of one of ours, so that it may stand in a key.</summary>
    public static bool IsWellFormed(string? id, string prefix) =>
        id is not null
        && id.Length == prefix.Length + 1 + Length
        && id.StartsWith(prefix, StringComparison.Ordinal)
        && id[prefix.Length] == '_'
        && Base32.IsValid(id.AsSpan(prefix.Length + 1));
}
