using System.Security.Cryptography;
using System.Text;

namespace ProspectOps.Tenancy;

/// <summary>Seals secrets that others gave us and that we have to show to them again: AES-256-GCM under a key of this installation that is not in the store.</summary>
public sealed class SecretSealer(KeyHasher hasher)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] _key = hasher.KeyFor("seal");

    /// <param name="place">Where it will lie: what is sealed for one place cannot be opened at another.</param>
    public byte[] Seal(string secret, string place)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var text = Encoding.UTF8.GetBytes(secret);
        var sealedSecret = new byte[NonceBytes + TagBytes + text.Length];
        RandomNumberGenerator.Fill(sealedSecret.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(sealedSecret.AsSpan(0, NonceBytes), text, sealedSecret.AsSpan(NonceBytes + TagBytes), sealedSecret.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(place));
        return sealedSecret;
    }

    /// <exception cref="CryptographicException">It was sealed by another installation, for another place, or was changed.</exception>
    public string Open(byte[] sealedSecret, string place)
    {
        ArgumentNullException.ThrowIfNull(sealedSecret);
        ArgumentOutOfRangeException.ThrowIfLessThan(sealedSecret.Length, NonceBytes + TagBytes, nameof(sealedSecret));
        var text = new byte[sealedSecret.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(_key, TagBytes);
        aes.Decrypt(sealedSecret.AsSpan(0, NonceBytes), sealedSecret.AsSpan(NonceBytes + TagBytes), sealedSecret.AsSpan(NonceBytes, TagBytes), text, Encoding.UTF8.GetBytes(place));
        return Encoding.UTF8.GetString(text);
    }
}
