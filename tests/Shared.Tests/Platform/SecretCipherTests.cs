using System.Security.Cryptography;
using ProspectOps.Platform.Secrets;

namespace ProspectOps.Tests.Platform;

public sealed class SecretCipherTests
{
    [Fact]
    public void What_is_sealed_opens_in_its_place_alone_and_looks_different_each_time()
    {
        var cipher = SomeSecrets.Cipher();
        var (one, other) = (cipher.Seal("whsec_abc", "acme|whe_1"), cipher.Seal("whsec_abc", "acme|whe_1"));

        Assert.NotEqual(one, other);
        Assert.DoesNotContain("whsec", one, StringComparison.Ordinal);
        Assert.Equal("whsec_abc", cipher.Open(one, "acme|whe_1"));
        Assert.ThrowsAny<CryptographicException>(() => cipher.Open(one, "other|whe_1"));
        Assert.ThrowsAny<CryptographicException>(() => cipher.Open(one[..^6] + "AAAAA=", "acme|whe_1"));
    }

    [Fact]
    public void After_rotation_the_old_opens_the_new_seals_and_what_is_old_is_told()
    {
        var old = SomeSecrets.Cipher().Seal("secret", "p");
        var rotated = SomeSecrets.Cipher($"{SomeSecrets.Second},{SomeSecrets.First}");

        Assert.Equal("secret", rotated.Open(old, "p"));
        Assert.True(rotated.IsStale(old));
        Assert.False(rotated.IsStale(rotated.Seal("secret", "p")));
        Assert.ThrowsAny<CryptographicException>(() => SomeSecrets.Cipher(SomeSecrets.Second).Open(old, "p"));
    }

    [Fact]
    public void What_was_stored_before_there_was_a_cipher_is_answered_as_it_is()
    {
        Assert.Equal("whsec_abc", SomeSecrets.Cipher().Open("whsec_abc", "p"));
        Assert.True(SomeSecrets.Cipher().IsStale("whsec_abc"));
    }

    [Theory]
    [InlineData("nocolon", false)]
    [InlineData("a:c2hvcnQ=", false)]
    [InlineData("a.b:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=", false)]
    [InlineData("a:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=", true)]
    [InlineData("", true)]
    public void Setting_that_is_no_list_of_keys_is_found_at_start(string keys, bool good) => Assert.Equal(good, SecretCipher.AreKeys(keys));
}
