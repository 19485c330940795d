using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using ProspectOps.Platform.Ids;

namespace ProspectOps.Tenancy;

/// <summary>An API key as its holder has it: <c>po_&lt;keyId&gt;_&lt;secret&gt;</c>; the secret is 256 random bits and a checksum, so that a typo is refused without a look-up.</summary>
public sealed class ApiKey
{
    private const string Prefix = "po";
    private const int IdLength = 16;
    private const int TimeLength = 10;
    private const int RandomLength = 52;
    private const int ChecksumLength = 6;

    private ApiKey(string keyId, string text) => (KeyId, Text) = (keyId, text);

    public string KeyId { get; }

    /// <summary>The whole key: a secret.</summary>
    public string Text { get; }

    public static ApiKey New()
    {
        var id = Base32.Encode(RandomNumberGenerator.GetBytes(10), IdLength);
        var random = Base32.Encode(RandomNumberGenerator.GetBytes(32), RandomLength);
        return new ApiKey(id, $"{Prefix}_{id}_{random}{Checksum(id, random)}");
    }

    /// <summary>The same key for the same seed, under a secret that is not in the store: what is asked for twice is made once, and need not be stored to be shown again.</summary>
    /// <param name="seed">Begins with its time, as ids do, and so does the key's id.</param>
    public static ApiKey Derive(ReadOnlySpan<byte> hashKey, string seed)
    {
        ArgumentException.ThrowIfNullOrEmpty(seed);
        var id = seed[..TimeLength] + Base32.Encode(HMACSHA256.HashData(hashKey, Encoding.UTF8.GetBytes($"key-id|{seed}")), IdLength - TimeLength);
        var random = Base32.Encode(HMACSHA256.HashData(hashKey, Encoding.UTF8.GetBytes($"key-secret|{seed}")), RandomLength);
        return new ApiKey(id, $"{Prefix}_{id}_{random}{Checksum(id, random)}");
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out ApiKey? key)
    {
        key = null;
        if (text is null || text.Length != Prefix.Length + IdLength + RandomLength + ChecksumLength + 2)
            return false;
        var parts = text.Split('_');
        if (parts is not [Prefix, { Length: IdLength } id, var secret] || !Base32.IsValid(id) || !Base32.IsValid(secret))
            return false;
        if (!secret.AsSpan(RandomLength).SequenceEqual(Checksum(id, secret[..RandomLength])))
            return false;
        key = new ApiKey(id, text);
        return true;
    }

    /// <summary>What is stored of it: a hash under a key that is not in the store.</summary>
    public byte[] HashWith(ReadOnlySpan<byte> hashKey) => HMACSHA256.HashData(hashKey, Encoding.UTF8.GetBytes(Text));

    /// <summary>Shows which key it is, never what it is.</summary>
    public override string ToString() => $"{Prefix}_{KeyId}_…";

    private static string Checksum(string id, string random) =>
        Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes($"{id}_{random}")), ChecksumLength);
}
