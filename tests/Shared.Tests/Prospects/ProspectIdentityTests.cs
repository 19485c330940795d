using ProspectOps.Prospects;

namespace ProspectOps.Tests.Prospects;

public sealed class ProspectIdentityTests
{
    [Theory]
    [InlineData("Müller GmbH", "muller")]
    [InlineData("MULLER GMBH & CO. KG", "muller")]
    [InlineData("Acme, Inc.", "acme")]
    [InlineData("Acme Ltd", "acme")]
    [InlineData("Société Générale S.A.", "societe generale")]
    [InlineData("Łódź Sp. z o.o.", "lodz")]
    [InlineData("Ørsted A/S", "orsted")]
    [InlineData("Smith & Sons Limited", "smith and sons")]
    [InlineData("AG", "ag")]
    [InlineData("  Straße   24 ", "strasse 24")]
    [InlineData("J. P. Morgan", "jp morgan")]
    [InlineData(null, "")]
    public void Company_is_compared_without_legal_form_accents_and_case(string? name, string folded) => Assert.Equal(folded, CompanyName.Fold(name));

    [Theory]
    [InlineData("O'Brien", "obrien")]
    [InlineData("Jean-Luc", "jean luc")]
    [InlineData("Nguyễn Văn", "nguyen van")]
    [InlineData("Zoe\u0308", "zoe")]
    [InlineData("Иван", "иван")]
    public void Name_is_folded(string name, string folded) => Assert.Equal(folded, FoldedText.Of(name));

    [Theory]
    [InlineData("https://www.linkedin.com/in/Jane-Doe/?trk=x#y", "linkedin.com/in/jane-doe")]
    [InlineData("http://de.linkedin.com/in/jane-doe/de", "linkedin.com/in/jane-doe")]
    [InlineData("linkedin.com/in/j%C3%B6rg", "linkedin.com/in/jörg")]
    [InlineData("in/jane-doe", "linkedin.com/in/jane-doe")]
    [InlineData("https://linkedin.com/pub/jane/1/2/3", "linkedin.com/pub/jane/1/2/3")]
    [InlineData("https://notlinkedin.com/in/jane", "notlinkedin.com/in/jane")]
    [InlineData(" ", null)]
    public void Profile_is_one_however_it_is_written(string url, string? normalized) => Assert.Equal(normalized, LinkedinProfile.Normalize(url));

    [Fact]
    public void Key_is_stable_opaque_and_differs_by_tenant()
    {
        var prospect = new Prospect { Email = "Jane+x@acme.com" };

        var key = ProspectKey.Of("ten_a", prospect);

        Assert.Equal("prs_" + ExpectedBase32("ten_a|jane@acme.com"), key);
        Assert.Equal(key, ProspectKey.Of("ten_a", new Prospect { Email = "jane@acme.com", Title = "CEO" }));
        Assert.NotEqual(key, ProspectKey.Of("ten_b", prospect));
        Assert.True(ProspectKey.IsKey(key));
        Assert.False(ProspectKey.IsKey("prs_" + new string('A', 26)));
    }

    [Fact]
    public void Key_stands_on_address_then_profile_then_person_at_company()
    {
        var named = new Prospect { FirstName = "Jane", LastName = "Doe", Company = "Acme" };

        Assert.Equal("linkedin.com/in/jane", PersonIdentity.Of(named with { LinkedinUrl = "linkedin.com/in/jane", Email = "broken" }).Value);
        Assert.Equal("jane\tdoe|acme", PersonIdentity.Of(named).Value);
        Assert.Null(PersonIdentity.Of(new Prospect { Email = "broken" }).Value);
        Assert.NotEqual(ProspectKey.Of("t", new Prospect { Email = "broken" }), ProspectKey.Of("t", new Prospect { Email = "other" }));
    }

    private static string ExpectedBase32(string text)
    {
        var bits = string.Concat(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)).Select(octet => Convert.ToString(octet, 2).PadLeft(8, '0')));
        return string.Concat(bits[..130].Chunk(5).Select(five => "abcdefghijklmnopqrstuvwxyz234567"[Convert.ToInt32(new string(five), 2)]));
    }
}
