using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using ProspectOps.Platform.Hosting;

namespace ProspectOps.Tenancy;

/// <summary>The secret under which API keys are hashed.</summary>
public sealed class KeyHasher
{
    private readonly byte[] _key;

    public KeyHasher(IOptions<TenancyOptions> options, DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(folder);
        _key = options.Value.HashKey is { Length: > 0 } configured
            ? Convert.FromBase64String(configured) // known to be base64: TenancyOptions.Validate
            : Convert.FromBase64String(folder.ReadOrMakeSecret("hash-key", () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
    }

    public byte[] Hash(ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.HashWith(_key);
    }

    /// <inheritdoc cref="ApiKey.Derive"/>
    public ApiKey Derive(string seed) => ApiKey.Derive(_key, seed);

    /// <summary>Seals a text that goes out and comes back, so that it is known again.</summary>
    public string Tag(string text, int characters) => Platform.Ids.Base32.Encode(HMACSHA256.HashData(_key, System.Text.Encoding.UTF8.GetBytes(text)), characters);

    /// <summary>32 bytes to sign with, the same for a purpose as long as the secret is.</summary>
    public byte[] SeedOf(string purpose) => HMACSHA256.HashData(_key, System.Text.Encoding.UTF8.GetBytes($"!seed\n{purpose}"));

    /// <summary>Takes the same time whatever differs.</summary>
    public bool Matches(ApiKey key, byte[] hash) => CryptographicOperations.FixedTimeEquals(Hash(key), hash);
}
