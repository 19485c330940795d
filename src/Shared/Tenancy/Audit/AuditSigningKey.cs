using System.Text;
using ProspectOps.Platform.Signing;

namespace ProspectOps.Tenancy.Audit;

/// <summary>Signs exports of the audit log by Ed25519: who holds the public key checks one without us, and cannot make one. It derives from the hash key, and stays as long as that does.</summary>
public sealed class AuditSigningKey
{
    // SubjectPublicKeyInfo of an Ed25519 key, up to the key. Source: RFC 8410, section 4.
    private static readonly byte[] Header = Convert.FromHexString("302a300506032b6570032100");

    private readonly byte[] _seed;
    private readonly byte[] _publicKey;

    public AuditSigningKey(KeyHasher hasher)
    {
        ArgumentNullException.ThrowIfNull(hasher);
        _seed = hasher.SeedOf("audit-manifest");
        _publicKey = Ed25519.PublicKeyOf(_seed);
    }

    /// <summary>DER in base64: what stands between the lines of a PEM file.</summary>
    public string PublicKey => Convert.ToBase64String([.. Header, .. _publicKey]);

    /// <returns><c>v1a,</c> and base64 of 64 bytes.</returns>
    public string Sign(string text) => "v1a," + Convert.ToBase64String(Ed25519.Sign(_seed, _publicKey, Encoding.UTF8.GetBytes(text)));

    /// <summary>Never shows what it is.</summary>
    public override string ToString() => PublicKey;
}
