using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ProspectOps.Platform.Signing;

/// <summary>An asymmetric secret of Standard Webhooks: Ed25519, <c>whsk_</c> and base64 of the 32-byte seed and the 32-byte public key; receivers are given <c>whpk_</c> and base64 of the public key.</summary>
/// <remarks>Source: the Standard Webhooks specification, "Signature scheme".</remarks>
public sealed class WebhookKeyPair
{
    private const string PrivatePrefix = "whsk_";
    private const string PublicPrefix = "whpk_";

    private readonly byte[] _seed;
    private readonly byte[] _publicKey;

    private WebhookKeyPair(byte[] seed, byte[] publicKey) => (_seed, _publicKey) = (seed, publicKey);

    /// <summary>What signs: kept, never shown.</summary>
    public string Text => PrivatePrefix + Convert.ToBase64String([.. _seed, .. _publicKey]);

    /// <summary>What verifies: no secret.</summary>
    public string PublicText => PublicPrefix + Convert.ToBase64String(_publicKey);

    public static WebhookKeyPair New()
    {
        var seed = RandomNumberGenerator.GetBytes(Ed25519.SeedBytes);
        return new WebhookKeyPair(seed, Ed25519.PublicKeyOf(seed));
    }

    public static bool TryParse(string? text, out WebhookKeyPair? keys)
    {
        keys = null;
        if (text is null || !text.StartsWith(PrivatePrefix, StringComparison.Ordinal))
            return false;
        var buffer = new byte[text.Length];
        if (!Convert.TryFromBase64String(text[PrivatePrefix.Length..], buffer, out var length) || length != 2 * Ed25519.SeedBytes)
            return false;
        keys = new WebhookKeyPair(buffer[..Ed25519.SeedBytes], buffer[Ed25519.SeedBytes..length]);
        return true;
    }

    /// <summary>The value of header <c>webhook-signature</c>.</summary>
    public string Sign(string id, DateTimeOffset timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp.ToUnixTimeSeconds()}.")), .. body];
        return "v1a," + Convert.ToBase64String(Ed25519.Sign(_seed, _publicKey, signed));
    }

    /// <summary>Never shows what it is.</summary>
    public override string ToString() => PublicText;
}
