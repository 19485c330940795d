using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ProspectOps.Platform.Signing;

/// <summary>A symmetric secret of Standard Webhooks: <c>whsec_</c> and base64 of 24 to 64 bytes.</summary>
/// <remarks>Source: the Standard Webhooks specification, "Signature scheme".</remarks>
public sealed class WebhookSecret
{
    private const string Prefix = "whsec_";

    private readonly byte[] _key;

    private WebhookSecret(byte[] key) => _key = key;

    /// <summary>As its holder has it.</summary>
    public string Text => Prefix + Convert.ToBase64String(_key);

    public static WebhookSecret New() => new(RandomNumberGenerator.GetBytes(32));

    /// <summary>The same secret for the same seed: what is derived need not be stored.</summary>
    public static WebhookSecret Derive(ReadOnlySpan<byte> key, string seed) => new(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(seed)));

    public static bool TryParse(string? text, out WebhookSecret? secret)
    {
        secret = null;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        var buffer = new byte[text.Length];
        if (!Convert.TryFromBase64String(text[Prefix.Length..], buffer, out var length) || length is < 24 or > 64)
            return false;
        secret = new WebhookSecret(buffer[..length]);
        return true;
    }

    /// <summary>The value of header <c>webhook-signature</c>.</summary>
    public string Sign(string id, DateTimeOffset timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp.ToUnixTimeSeconds()}.")));
        hash.AppendData(body);
        return "v1," + Convert.ToBase64String(hash.GetHashAndReset());
    }

    /// <summary>What follows <c>v1=</c> in a header of Stripe's form: hexadecimal HMAC-SHA256 over <c>timestamp.body</c>, keyed with the secret's text as Stripe's libraries do.</summary>
    public string SignTimestamped(DateTimeOffset timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(Text));
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{timestamp.ToUnixTimeSeconds()}.")));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Never shows what it is.</summary>
    public override string ToString() => Prefix + "…";
}
