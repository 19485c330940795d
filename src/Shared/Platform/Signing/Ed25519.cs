using System.Numerics;
using System.Security.Cryptography;

namespace ProspectOps.Platform.Signing;

/// <summary>Signatures by Ed25519: .NET has none. Signing alone; receivers verify with their own libraries.</summary>
/// <remarks>
/// Source: RFC 8032, section 5.1. The multiplication of points takes the same steps for every key. The arithmetic modulo the group's order uses
/// <see cref="BigInteger"/>, whose time depends on its numbers a little: over a network, behind a SHA-512 that an outsider cannot choose, that tells nothing.
/// </remarks>
public static class Ed25519
{
    public const int SeedBytes = 32;
    public const int SignatureBytes = 64;

    private static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);

    public static byte[] PublicKeyOf(ReadOnlySpan<byte> seed)
    {
        Span<byte> hash = stackalloc byte[64];
        Expand(seed, hash);
        return EdwardsPoint.MultiplyBase(hash[..32]).Encode();
    }

    /// <param name="publicKey">That of the seed.</param>
    public static byte[] Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message)
    {
        Span<byte> hash = stackalloc byte[64];
        Expand(seed, hash);
        var nonce = HashModOrder(hash[32..], message, []);
        var commitment = EdwardsPoint.MultiplyBase(Bytes(nonce)).Encode();
        var challenge = HashModOrder(commitment, publicKey, message);
        var answer = (nonce + challenge * Number(hash[..32])) % Order;
        return [.. commitment, .. Bytes(answer)];
    }

    /// <summary>The secret scalar, clamped, and the prefix that makes nonces.</summary>
    private static void Expand(ReadOnlySpan<byte> seed, Span<byte> hash)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, SeedBytes);
        SHA512.HashData(seed, hash);
        hash[0] &= 248;
        hash[31] &= 127;
        hash[31] |= 64;
    }

    private static BigInteger HashModOrder(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(first);
        hash.AppendData(second);
        hash.AppendData(third);
        return Number(hash.GetHashAndReset()) % Order;
    }

    private static BigInteger Number(ReadOnlySpan<byte> littleEndian) => new(littleEndian, isUnsigned: true);

    private static byte[] Bytes(BigInteger number)
    {
        var bytes = new byte[32];
        number.TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }
}
