using ProspectOps.Content;
using ProspectOps.Content.Copy;
using ProspectOps.Prospects;
using static ProspectOps.Tests.Content.SomeRequests;

namespace ProspectOps.Tests.Content;

public sealed class HostileDataTests
{
    public static TheoryData<string> Hostile =>
    [
        "{{constructor}}", "{{#p}}x{{/p}}", "{{> sign}}", "{{{raw}}}", "<script>alert(1)</script>", "=cmd|'/C calc'!A0", "+1+1", "@SUM(A1)", "-2+3",
        "Anna\r\nBcc: everybody@x.example", "Anna\n\n\n\nBuy", new string('x', 10_000), "https://evil.example/x", "www.evil.example", "a@b.example", "😀😀", "\u0000\u0007", "\u202Egnirts",
        "\"quoted\" \"twice", "  ", "null", "undefined", "N/A", "${7*7}", "%00", "'; DROP TABLE x;--", "----", "…", "`id`", "javascript:alert(1)", "A. B. C. D!", "[First Name]",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Data_that_is_no_data_neither_breaks_nor_leaks(string text)
    {
        var writer = Writer();
        var prospect = new Prospect { Email = "x@y.example", FirstName = text, LastName = text, Title = text, Company = text, CompanyDomain = text, Country = text, LinkedinUrl = text, Notes = text };
        var pack = SomePacks.Casinos with { Audience = text };
        foreach (var request in new[] { For(prospect), For(prospect, sender: new Sender { Name = text, Title = text, Company = text, Offer = text }), For(Anna, pack) })
        {
            var emails = (await writer.WriteSequencesAsync([request], 10, CancellationToken.None))[0].Emails;
            foreach (var body in emails.SelectMany(e => new[] { e.Body, e.Subject }))
            {
                Assert.DoesNotContain("{{", body, StringComparison.Ordinal);
                Assert.DoesNotContain("script", body, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("evil", body, StringComparison.Ordinal);
                Assert.DoesNotContain("cmd", body, StringComparison.Ordinal);
                Assert.DoesNotContain("Bcc", body, StringComparison.Ordinal);
                Assert.DoesNotContain(body, c => char.IsSurrogate(c) || (char.IsControl(c) && c != '\n') || c == '\u202E');
                Assert.True(body.Length < 1_500);
            }

            Assert.All(emails, email => Assert.Empty(CopyChecker.FaultsOf(email.Body)));
            var note = await writer.WriteLinkedinAsync(request, LinkedinKind.Connect, CancellationToken.None);
            Assert.InRange(note.Characters, 1, 300);
            Assert.Equal(60, (await writer.WriteVideoAsync(request, 60, CancellationToken.None)).Scenes.Sum(s => s.Seconds));
        }
    }

    [Theory]
    [InlineData("ANNA", null, "Anna")]
    [InlineData(" anna ", null, "Anna")]
    [InlineData("Dr. Anna", null, "Anna")]
    [InlineData("Prof. Dr. ANNA", null, "Anna")]
    [InlineData("Anna Schmidt", "Schmidt", "Anna")]
    [InlineData("Anna, PhD", null, "Anna")]
    [InlineData("Anna M.", null, "Anna")]
    [InlineData("jean-luc", null, "Jean-Luc")]
    [InlineData("O'NEIL", null, "O'Neil")]
    [InlineData("DeShawn", null, "DeShawn")]
    [InlineData("JP", null, "JP")]
    [InlineData("Zoë", null, "Zoë")]
    [InlineData("Łukasz", null, "Łukasz")]
    [InlineData("Anna 😀", null, "Anna")]
    [InlineData("A.", null, null)]
    [InlineData("anna@betco.com", null, null)]
    [InlineData("Anna2", null, null)]
    [InlineData("n/a", null, null)]
    public void First_names_are_as_one_would_write_them(string raw, string? last, string? expected) =>
        Assert.Equal(expected, PersonName.First(raw, last));

    [Theory]
    [InlineData("head of crm", "Head of CRM")]
    [InlineData("HEAD OF CRM", "Head of CRM")]
    [InlineData("Head of CRM | Speaker | Dad", "Head of CRM")]
    [InlineData("CEO at Betco", "CEO")]
    [InlineData("Director, Product", "Director of Product")]
    [InlineData("Founder, Investor", "Founder")]
    [InlineData("VP Marketing (EMEA)", "VP Marketing")]
    [InlineData("<b>CEO</b>", null)]
    [InlineData("", null)]
    public void Titles_are_one_role(string raw, string? expected) => Assert.Equal(expected, JobTitle.Clean(raw));

    [Theory]
    [InlineData("Betco Ltd.", "Betco")]
    [InlineData("BETCO HOLDINGS GMBH", "Betco Holdings")]
    [InlineData("Amazon.com, Inc.", "Amazon.com")]
    [InlineData("IGT", "IGT")]
    [InlineData("eBay", "eBay")]
    [InlineData("Müller & Söhne GmbH & Co. KG", "Müller & Söhne")]
    [InlineData("Yahoo!", "Yahoo")]
    [InlineData("\"Betco\" LLC", "Betco")]
    [InlineData("=cmd|'/C calc'!A0", null)]
    public void Companies_are_called_as_people_call_them(string raw, string? expected) => Assert.Equal(expected, CompanyAsWritten.Clean(raw));
}
