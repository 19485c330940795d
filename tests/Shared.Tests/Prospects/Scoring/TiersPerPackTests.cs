using ProspectOps.Prospects;
using ProspectOps.Tests.Research;

namespace ProspectOps.Tests.Prospects.Scoring;

public sealed class TiersPerPackTests
{
    public static TheoryData<string> Packs => ShippedPacks.Ids;

    [Theory, MemberData(nameof(Packs))]
    public async Task The_ideal_person_is_an_A_with_90_or_more(string id)
    {
        var pack = ShippedPacks.Of(id);

        var analysis = await Some.Analyze(pack, Some.Ideal(pack));

        Assert.Equal(Tier.A, analysis.Tier);
        Assert.InRange(analysis.Score, 90, 100);
        Assert.Equal(1.0, analysis.Confidence);
    }

    [Theory, MemberData(nameof(Packs))]
    public async Task A_director_at_a_fitting_company_without_a_trigger_is_an_A_or_B(string id)
    {
        var pack = ShippedPacks.Of(id);

        var analysis = await Some.Analyze(pack, Some.Typical(pack));

        Assert.InRange(analysis.Tier, Tier.A, Tier.B);
        Assert.Empty(analysis.BuyingSignals);
    }

    [Theory, MemberData(nameof(Packs))]
    public async Task A_director_of_any_persona_at_a_fitting_company_is_at_least_a_B(string id)
    {
        var pack = ShippedPacks.Of(id);

        foreach (var persona in pack.Personas)
        {
            var analysis = await Some.Analyze(pack, Some.Typical(pack) with { Title = $"Director, {Some.Field(persona)}" });
            Assert.InRange(analysis.Tier, Tier.A, Tier.B);
        }
    }

    [Theory, MemberData(nameof(Packs))]
    public async Task A_manager_at_a_small_company_far_away_is_a_C(string id)
    {
        var pack = ShippedPacks.Of(id);
        var typical = Some.Typical(pack);

        var analysis = await Some.Analyze(pack, typical with { Title = typical.Title!.Replace("Director", "Manager", StringComparison.Ordinal), Employees = 1, Country = "Mongolia", CompanyDomain = null, Email = "kim@gmail.com" });

        Assert.Equal(Tier.C, analysis.Tier);
    }

    [Theory, MemberData(nameof(Packs))]
    public async Task A_specialist_of_another_trade_is_a_D_even_at_a_fitting_company(string id)
    {
        var pack = ShippedPacks.Of(id);

        var analysis = await Some.Analyze(pack, Some.Unrelated(pack));

        Assert.Equal(Tier.D, analysis.Tier);
        Assert.Empty(analysis.PainPoints);
    }

    [Theory, MemberData(nameof(Packs))]
    public async Task A_name_and_a_company_alone_are_a_D_without_confidence(string id)
    {
        var analysis = await Some.Analyze(ShippedPacks.Of(id), new Prospect { LastName = "Doe", Company = "Acme" });

        Assert.Equal((0, Tier.D, 0.0), (analysis.Score, analysis.Tier, analysis.Confidence));
        Assert.Contains("title is unknown", analysis.Approach, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Packs))]
    public async Task Every_keyword_betrays_its_trigger_and_every_title_word_its_persona(string id)
    {
        var pack = ShippedPacks.Of(id);

        foreach (var trigger in pack.Triggers)
        {
            foreach (var keyword in trigger.Keywords)
            {
                var analysis = await Some.Analyze(pack, new Prospect { LastName = "Doe", Notes = $"Spoke on Monday, {keyword}. Call again." });
                Assert.Contains(analysis.BuyingSignals, signal => signal.StartsWith(trigger.Text, StringComparison.Ordinal));
            }
        }
        foreach (var persona in pack.Personas)
        {
            foreach (var words in persona.TitleWords)
            {
                var analysis = await Some.Analyze(pack, new Prospect { LastName = "Doe", Title = words });
                Assert.True(analysis.Reasons[0].Evidence.Contains($"persona {persona.Name} ", StringComparison.Ordinal), $"{id}: {words}: {analysis.Reasons[0]}");
            }
        }
    }
}
