using ProspectOps.Prospects;
using ProspectOps.Prospects.Scoring;
using ProspectOps.Research;

namespace ProspectOps.Tests.Prospects.Scoring;

/// <summary>People for tests, made from a pack's own rubric.</summary>
internal static class Some
{
    public static RulesAnalyst Analyst() => new(new CommonFreeMailDomains());

    public static async Task<Analysis> Analyze(IndustryPack pack, Prospect prospect) =>
        Assert.Single(await Analyst().AnalyzeAsync(pack, [new KeyedProspect("prs_1", prospect)], CancellationToken.None));

    public static string BestKey(IReadOnlyDictionary<string, int> points) =>
        points.OrderByDescending(item => item.Value).ThenBy(item => item.Key, StringComparer.Ordinal).First().Key;

    /// <summary>Words of the persona that tell no rank by themselves, if it has such; leaders have none.</summary>
    public static string Field(Persona persona) =>
        persona.TitleWords.FirstOrDefault(words => SeniorityWords.Of(JobTitle.Of(words)).Level == RubricKeys.Specialist) ?? persona.TitleWords[0];

    /// <summary>The best of everything: the best persona's words, the best rank, size, country, domain, and every trigger in the notes.</summary>
    public static Prospect Ideal(IndustryPack pack)
    {
        var rubric = pack.Rubric;
        var persona = pack.Personas.Single(persona => persona.Id == BestKey(rubric.Role));
        var rank = BestKey(rubric.Seniority) == RubricKeys.Executive ? "Chief" : "Director";
        return new Prospect
        {
            Email = "kim@acme.com",
            Title = $"{rank}, {Field(persona)}",
            Employees = rubric.CompanySize.MaxBy(band => band.Points)!.From,
            Country = rubric.Country.MaxBy(group => group.Points)!.Countries[0],
            CompanyDomain = $"{rubric.DomainWords[0]}-acme.com",
            Notes = string.Join(". ", pack.Triggers.Select(trigger => trigger.Keywords[0])),
        };
    }

    /// <summary>A director of the right kind at a company of the middle size, of whom nothing else is known.</summary>
    public static Prospect Typical(IndustryPack pack) => Ideal(pack) with
    {
        Title = $"Director, {Field(pack.Personas.Single(persona => persona.Id == BestKey(pack.Rubric.Role)))}",
        CompanyDomain = "acme-holding.com",
        Notes = null,
    };

    /// <summary>Somebody at such a company who has nothing to do with it.</summary>
    public static Prospect Unrelated(IndustryPack pack) => Typical(pack) with { Title = "Beekeeper" };
}
