using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace ProspectOps.Validation.Jobs;

/// <summary>What two rows have in common where they are duplicates, as a hash.</summary>
/// <param name="seed">Of the job's own, so that nobody can make addresses that collide.</param>
internal sealed class DedupeKey(DedupeMethod method, long seed)
{
    private const int OnStack = 512;

    /// <returns>Null where the row is like no other.</returns>
    public ulong? Of(ReadOnlySpan<char> email)
    {
        email = email.Trim();
        switch (method)
        {
            case DedupeMethod.None:
                return null;
            case DedupeMethod.Exact:
                return email.IsEmpty ? null : Hash(email);
            case DedupeMethod.CaseInsensitive:
                if (email.IsEmpty)
                    return null;
                var lower = email.Length <= OnStack ? stackalloc char[email.Length] : new char[email.Length];
                email.ToLowerInvariant(lower);
                return Hash(lower);
            case DedupeMethod.Canonical:
                return EmailAddress.TryParse(email, out var address, out _) ? Hash(address.Canonical) : null;
            case DedupeMethod.Domain:
                return EmailAddress.TryParse(email, out var ofDomain, out _) ? Hash(ofDomain.Ascii) : null;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private ulong Hash(ReadOnlySpan<char> text) => XxHash64.HashToUInt64(MemoryMarshal.AsBytes(text), seed);
}
