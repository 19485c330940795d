using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using ProspectOps.Platform.Hosting;

namespace ProspectOps.Platform.Secrets;

/// <summary>Secrets at rest: AES-256-GCM under a key that is not in the store, bound to the place that they are kept in.</summary>
/// <remarks>A sealed text is <c>enc1.name.base64</c> of 12 bytes nonce, 16 bytes tag and the ciphertext; <c>name</c> says which key. Source: NIST SP 800-38D.</remarks>
public sealed class SecretCipher
{
    private const string Mark = "enc1.";
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly IReadOnlyList<(string Name, byte[] Key)> _keys;

    public SecretCipher(IOptions<SecretsOptions> options, DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(folder);
        var text = options.Value.Keys is { Length: > 0 } configured
            ? configured
            : folder.ReadOrMakeSecret("secret-keys", NewKey);
        _keys = TryParse(text, out var keys) ? keys : throw new InvalidOperationException("Secrets:Keys, or secret-keys in the data folder, is not a list of name:base64 of 32 bytes.");
    }

    /// <summary>Whether <paramref name="text"/> can serve as <see cref="SecretsOptions.Keys"/>.</summary>
    public static bool AreKeys(string? text) => string.IsNullOrEmpty(text) || TryParse(text, out _);

    /// <param name="place">Where it is kept, such as <c>tenant|webhook|whe_…</c>: a sealed text opens nowhere else.</param>
    public string Seal(string secret, string place)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var (name, key) = _keys[0];
        var plain = Encoding.UTF8.GetBytes(secret);
        var bytes = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(bytes.AsSpan(0, NonceBytes), plain, bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(place));
        return $"{Mark}{name}.{Convert.ToBase64String(bytes)}";
    }

    /// <summary>What was sealed. A text that never was is answered as it is: it was stored before there was a cipher.</summary>
    /// <exception cref="CryptographicException">Its key is not configured, it was changed, or it was sealed for another place.</exception>
    public string Open(string text, string place)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.StartsWith(Mark, StringComparison.Ordinal))
            return text;
        var dot = text.IndexOf('.', Mark.Length);
        if (dot < 0)
            throw new CryptographicException("A sealed text is not whole.");
        var name = text[Mark.Length..dot];
        var key = _keys.FirstOrDefault(one => one.Name == name).Key ?? throw new CryptographicException($"The secrets' key {name} is not configured: add it to Secrets:Keys.");
        var bytes = Convert.FromBase64String(text[(dot + 1)..]);
        if (bytes.Length < NonceBytes + TagBytes)
            throw new CryptographicException("A sealed text is not whole.");
        var plain = new byte[bytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(place));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>Whether it should be sealed again at the next chance: it never was, or under a key that is no longer the first.</summary>
    public bool IsStale(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return !text.StartsWith($"{Mark}{_keys[0].Name}.", StringComparison.Ordinal);
    }

    // Named after itself, so that where two data folders meet in one store, what cannot be opened says which key it lacks.
    private static string NewKey()
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        return $"local-{Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, 4))}:{Convert.ToBase64String(key)}";
    }

    private static bool TryParse(string text, [NotNullWhen(true)] out IReadOnlyList<(string, byte[])>? keys)
    {
        var parsed = new List<(string, byte[])>();
        keys = null;
        foreach (var one in text.Split([',', ' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = one.IndexOf(':', StringComparison.Ordinal);
            var bytes = new byte[one.Length];
            if (colon is < 1 or > 40 || one[..colon].Contains('.', StringComparison.Ordinal)
                || !Convert.TryFromBase64String(one[(colon + 1)..], bytes, out var length) || length != KeyBytes)
                return false;
            parsed.Add((one[..colon], bytes[..length]));
        }
        keys = parsed;
        return parsed.Count > 0;
    }
}
