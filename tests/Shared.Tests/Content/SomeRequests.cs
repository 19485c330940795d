using Microsoft.Extensions.Options;
using ProspectOps.Content;
using ProspectOps.Prospects;
using ProspectOps.Research;

namespace ProspectOps.Tests.Content;

/// <summary>People to write to.</summary>
internal static class SomeRequests
{
    public static Sender Jane { get; } = new() { Name = "Jane Doe", Title = "Account Director", Company = "Playloop", Offer = "player messages that follow what each player does" };

    public static Prospect Anna { get; } = new()
    {
        Email = "anna.schmidt@betco.example",
        FirstName = "Anna",
        LastName = "Schmidt",
        Title = "Head of CRM",
        Company = "Betco",
        CompanyDomain = "betco.example",
        Employees = 240,
        Country = "MT",
        LinkedinUrl = "https://www.linkedin.com/in/anna-schmidt",
        Notes = "Met at a fair.",
    };

    public static TemplateWriter Writer(ContentOptions? options = null) => new(Options.Create(options ?? new ContentOptions()));

    public static ContentRequest For(Prospect prospect, IndustryPack? pack = null, Sender? sender = null, string? tone = null, Analysis? analysis = null) =>
        new(pack ?? SomePacks.Casinos, prospect, analysis) { Sender = sender, Tone = tone };

    public static Analysis Analysis(params string[] signals) =>
        new("prs_1", 72, Tier.B, [new("role", 30, "title: Head of CRM")], ["silent-churn"], signals, "Lead with churn.", 0.8, "rules", false, ModelUsage.None);

    /// <summary>Every way to leave out fields of a person: bit i keeps field i.</summary>
    public static Prospect Subset(int bits) => new()
    {
        Email = Keep(bits, 0, Anna.Email),
        FirstName = Keep(bits, 1, Anna.FirstName),
        LastName = Keep(bits, 2, Anna.LastName),
        Title = Keep(bits, 3, Anna.Title),
        Company = Keep(bits, 4, Anna.Company),
        CompanyDomain = Keep(bits, 5, Anna.CompanyDomain),
        Employees = (bits & (1 << 6)) != 0 ? Anna.Employees : null,
        Country = Keep(bits, 7, Anna.Country),
        LinkedinUrl = Keep(bits, 8, Anna.LinkedinUrl),
    };

    public static IEnumerable<Sender?> Senders()
    {
        yield return null;
        for (var bits = 0; bits < 16; bits++)
            yield return new() { Name = Keep(bits, 0, Jane.Name), Title = Keep(bits, 1, Jane.Title), Company = Keep(bits, 2, Jane.Company), Offer = Keep(bits, 3, Jane.Offer) };
    }

    private static string? Keep(int bits, int position, string? value) => (bits & (1 << position)) != 0 ? value : null;
}
