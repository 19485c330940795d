using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace ProspectOps.Prospects;

/// <summary>The opaque id of a person within a tenant: <c>prs_</c> and 26 characters.</summary>
/// <remarks>The first 130 bits of SHA-256 over tenant, <c>|</c> and identity, in lower-case base32 (RFC 4648 §6): the same person
/// has the same key in every campaign of a tenant, so that work done twice lands on the same row; another tenant's differs.</remarks>
public static class ProspectKey
{
    public const string Prefix = "prs_";

    private const int Characters = 26;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private static readonly SearchValues<char> AlphabetValues = SearchValues.Create(Alphabet);

    /// <summary>The key of the person that <paramref name="prospect"/> describes.</summary>
    /// <remarks>One without any identity, such as a broken address alone, is known by that text.</remarks>
    public static string Of(string tenant, Prospect prospect)
    {
        ArgumentNullException.ThrowIfNull(prospect);
        return OfIdentity(tenant, PersonIdentity.Of(prospect).Value ?? $"?{prospect.Email?.Trim()}");
    }

    /// <summary>The key for an identity already known: see <see cref="PersonIdentity.Value"/>.</summary>
    public static string OfIdentity(string tenant, string identity)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant);
        ArgumentNullException.ThrowIfNull(identity);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant}|{identity}"), hash);

        Span<char> key = stackalloc char[Prefix.Length + Characters];
        Prefix.CopyTo(key);
        uint bits = 0;
        var available = 0;
        var next = 0;
        foreach (ref var character in key[Prefix.Length..])
        {
            if (available < 5)
            {
                bits = (bits << 8) | hash[next++];
                available += 8;
            }
            available -= 5;
            character = Alphabet[(int)(bits >> available) & 31];
        }
        return new string(key);
    }

    /// <summary>Whether <paramref name="text"/> has a key's form.</summary>
    public static bool IsKey(string? text) =>
        text is not null && text.Length == Prefix.Length + Characters && text.StartsWith(Prefix, StringComparison.Ordinal)
        && !text.AsSpan(Prefix.Length).ContainsAnyExcept(AlphabetValues);
}
