using Microsoft.Extensions.Options;
using ProspectOps.Platform.Hosting;
using ProspectOps.Platform.Secrets;
using ProspectOps.Tenancy;

namespace ProspectOps.Tests;

/// <summary>Keys for tests.</summary>
internal static class SomeSecrets
{
    public static readonly string First = $"first:{Convert.ToBase64String(Enumerable.Repeat((byte)1, 32).ToArray())}";
    public static readonly string Second = $"second:{Convert.ToBase64String(Enumerable.Repeat((byte)2, 32).ToArray())}";

    private static readonly DataFolder NoFolder = new(Options.Create(new PlatformOptions()));

    public static SecretCipher Cipher(string? keys = null) => new(Options.Create(new SecretsOptions { Keys = keys ?? First }), NoFolder);

    public static KeyHasher Hasher() => new(Options.Create(new TenancyOptions { HashKey = Convert.ToBase64String(new byte[32]) }), NoFolder);
}
