using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ProspectOps.Platform.Signing;

/// <summary>Verifies what comes in: Standard Webhooks, a timestamped HMAC, or a shared token. Over the raw body, in constant time, within five minutes.</summary>
/// <remarks>
/// Sources: the Standard Webhooks specification; the HMAC is hex of SHA-256 over <c>timestamp.body</c>, as <c>sha256=…</c>.
/// A request is remembered once it has been acted on (<see cref="Remember"/>), not before: one that failed on our side may come again.
/// </remarks>
public sealed class SignatureVerifier(ReplayCache replays, TimeProvider clock)
{
    /// <summary>How far a timestamp may be off, to either side.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const string HmacPrefix = "sha256=";

    // Milliseconds have 13 digits since 2001 and until 2286.
    private const int MillisecondDigits = 13;

    /// <summary>Headers <c>webhook-id</c>, <c>webhook-timestamp</c>, <c>webhook-signature</c>.</summary>
    public SignatureVerdict StandardWebhook(SignedRequest request, WebhookSecret secret)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(secret);
        if (string.IsNullOrEmpty(request.Signature) || string.IsNullOrEmpty(request.Id))
            return SignatureVerdict.Missing;
        if (!IsTimely(request.Timestamp, out var at))
            return SignatureVerdict.Stale;
        var expected = secret.Sign(request.Id, at, request.Body.Span);
        // Every one is compared, so that the time says nothing about which matched.
        var matches = false;
        foreach (var signature in request.Signature.Split(' '))
            matches |= IsSame(expected, signature);
        return Judge(matches, request);
    }

    /// <summary>Headers <c>X-Timestamp</c> and <c>X-Signature: sha256=hex</c>.</summary>
    /// <param name="keys">Any of them may have signed.</param>
    public SignatureVerdict TimestampedHmac(SignedRequest request, params IReadOnlyList<byte[]> keys)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(keys);
        if (string.IsNullOrEmpty(request.Signature))
            return SignatureVerdict.Missing;
        if (!IsTimely(request.Timestamp, out _))
            return SignatureVerdict.Stale;
        var matches = false;
        if (request.Signature.StartsWith(HmacPrefix, StringComparison.OrdinalIgnoreCase))
        {
            var given = request.Signature[HmacPrefix.Length..].ToLowerInvariant();
            foreach (var key in keys)
                matches |= IsSame(Hmac(key, request), given);
        }
        return Judge(matches, request);
    }

    /// <summary>A token that both sides know.</summary>
    public static SignatureVerdict Token(string expected, string? given) =>
        string.IsNullOrEmpty(given) ? SignatureVerdict.Missing : IsSame(expected, given) ? SignatureVerdict.Valid : SignatureVerdict.Wrong;

    /// <summary>Says that a request was acted on, so that it is known when it comes again.</summary>
    public void Remember(SignedRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Signature is { } signature)
            replays.Add(Name(request, signature));
    }

    private SignatureVerdict Judge(bool matches, SignedRequest request) =>
        !matches ? SignatureVerdict.Wrong : replays.Contains(Name(request, request.Signature!)) ? SignatureVerdict.Replayed : SignatureVerdict.Valid;

    // Of hexadecimal digits, upper and lower case are the same signature.
    private static string Name(SignedRequest request, string signature) =>
        request.Id is { } id ? $"{id}\n{request.Timestamp}\n{signature}" : $"{request.Timestamp}\n{signature.ToLowerInvariant()}";

    private bool IsTimely(string? timestamp, out DateTimeOffset at)
    {
        at = default;
        if (timestamp is null || timestamp.Length > MillisecondDigits || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        at = timestamp.Length == MillisecondDigits ? DateTimeOffset.FromUnixTimeMilliseconds(number) : DateTimeOffset.FromUnixTimeSeconds(Math.Min(number, 253_402_300_799));
        return (clock.GetUtcNow() - at).Duration() <= Tolerance;
    }

    private static string Hmac(byte[] key, SignedRequest request)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Timestamp}."));
        hash.AppendData(request.Body.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static bool IsSame(string expected, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));
}
