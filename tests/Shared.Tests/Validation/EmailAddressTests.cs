using ProspectOps.Validation;

namespace ProspectOps.Tests.Validation;

public sealed class EmailAddressTests
{
    [Theory]
    [MemberData(nameof(EmailAddressCases.Valid), MemberType = typeof(EmailAddressCases))]
    public void Valid_address_parses(string text)
    {
        var isValid = EmailAddress.TryParse(text, out var address, out var error);

        Assert.True(isValid, error?.ToString());
        Assert.Equal(text, address!.Value);
    }

    [Theory]
    [MemberData(nameof(EmailAddressCases.Invalid), MemberType = typeof(EmailAddressCases))]
    public void Invalid_address_names_the_rule_and_the_position(string text, string rule, int position)
    {
        var isValid = EmailAddress.TryParse(text, out _, out var error);

        Assert.False(isValid);
        Assert.Equal((rule, position), (error!.Rule, error.Position));
    }

    [Theory]
    [InlineData("Jane.Doe@Acme.COM", "jane.doe@acme.com")]
    [InlineData("jane+news@acme.com", "jane@acme.com")]
    [InlineData("jane+a+b@acme.com", "jane@acme.com")]
    [InlineData("+tag@acme.com", "+tag@acme.com")]
    [InlineData("jane.+tag@acme.com", "jane.+tag@acme.com")]
    [InlineData("j.a.n.e@gmail.com", "jane@gmail.com")]
    [InlineData("J.Ane+x@GoogleMail.com", "jane@gmail.com")]
    [InlineData("j.ane.+x@gmail.com", "jane@gmail.com")]
    [InlineData("j.ane@acme.com", "j.ane@acme.com")]
    [InlineData("\"jane\"@acme.com", "jane@acme.com")]
    [InlineData("\"jane+x\"@acme.com", "jane@acme.com")]
    [InlineData("\"j\\ane\"@acme.com", "jane@acme.com")]
    [InlineData("\"Jane Doe\"@acme.com", "\"jane doe\"@acme.com")]
    [InlineData("\"a\\\"b\"@acme.com", "\"a\\\"b\"@acme.com")]
    [InlineData("\"\"@acme.com", "\"\"@acme.com")]
    [InlineData("JÖRG@BÜCHER.de", "jörg@xn--bcher-kva.de")]
    [InlineData("a@XN--BCHER-KVA.de", "a@xn--bcher-kva.de")]
    [InlineData("a@例え。テスト", "a@xn--r8jz45g.xn--zckzah")]
    [InlineData("a@[192.168.001.010]", "a@[192.168.1.10]")]
    [InlineData("a@[ipv6:2001:DB8:0:0:0:0:0:1]", "a@[IPv6:2001:db8::1]")]
    public void Spellings_of_one_mailbox_have_one_canonical_form(string text, string canonical) =>
        Assert.Equal(canonical, EmailAddress.CanonicalOf(text));

    [Fact]
    public void Canonical_form_ignores_surrounding_space_and_is_null_for_no_address()
    {
        Assert.Equal("a@acme.com", EmailAddress.CanonicalOf("  A@acme.com\t"));
        Assert.Null(EmailAddress.CanonicalOf(null));
        Assert.Null(EmailAddress.CanonicalOf("no address"));
    }

    [Fact]
    public void Log_shows_neither_local_part_nor_the_whole_address()
    {
        Assert.True(EmailAddress.TryParse("jane.doe@acme.com", out var address, out _));

        Assert.Equal("j***@acme.com", address.ToString());
    }

    [Fact]
    public void Error_reads_as_rule_position_and_sentence()
    {
        Assert.False(EmailAddress.TryParse("a..b@acme.com", out _, out var error));

        Assert.Equal("consecutive_dots at 2: Two dots stand in a row.", error.ToString());
    }
}
