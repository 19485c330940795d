using System.Diagnostics;
using ProspectOps.Research;
using ProspectOps.Testing;

namespace ProspectOps.Tests.Research;

public sealed class ShippedPacksTests
{
    public static TheoryData<string> Packs => ShippedPacks.Ids;

    [Fact]
    public void Every_industry_promised_has_a_pack()
    {
        string[] promised =
            ["casino", "ecommerce", "education", "energy", "fintech", "healthcare", "hospitality", "insurance", "logistics", "manufacturing", "real-estate", "saas"];

        Assert.Empty(promised.Except(ShippedPacks.Library.All.Select(pack => pack.Id)));
    }

    [Fact]
    public async Task Every_pack_fits_the_schema()
    {
        var (exitCode, output) = await SchemaCheck.RunAsync(Path.Combine(RepositoryRoot.Path, "src", "Shared", "Research", "Packs"));

        Assert.True(exitCode == 0, output);
    }

    [Theory, MemberData(nameof(Packs))]
    public void A_pack_is_as_rich_as_we_promise(string id)
    {
        var pack = ShippedPacks.Of(id);

        Assert.InRange(pack.Personas.Count, 4, 6);
        Assert.True(pack.Pains.Count >= 6);
        Assert.True(pack.Triggers.Count >= 5);
        Assert.True(pack.Vocabulary.Count >= 15);
        Assert.True(pack.Objections.Count >= 5);
        Assert.True(pack.ValuePropositions.Count >= 5);
        Assert.True(pack.Compliance.Count >= 4);
    }

    [Theory, MemberData(nameof(Packs))]
    public void A_pack_has_a_value_for_every_pain_that_comes_first(string id)
    {
        var pack = ShippedPacks.Of(id);

        var eased = pack.ValuePropositions.SelectMany(value => value.Pains).ToHashSet();

        Assert.All(pack.Personas, persona => Assert.Contains(persona.Pains[0], eased));
    }

    [Theory, MemberData(nameof(Packs))]
    public void A_pack_claims_no_numbers_and_no_superlatives(string id)
    {
        var pack = ShippedPacks.Of(id);
        string[] boasts = ["%", "best-in-class", "world-class", "leading", "cutting-edge", "seamless", "revolution", "guarantee", "leverage", "game-changer", "unlock", "empower"];

        var texts = pack.ValuePropositions.SelectMany(value => new[] { value.Text, value.Phrase })
            .Concat(pack.Objections.Select(objection => objection.Answer))
            .Concat(pack.Pains.SelectMany(pain => new[] { pain.Text, pain.Phrase }));

        Assert.All(texts, text => Assert.All(boasts, boast => Assert.DoesNotContain(boast, text, StringComparison.OrdinalIgnoreCase)));
    }

    [Theory, MemberData(nameof(Packs))]
    public void A_phrase_of_a_trigger_fits_behind_you_are(string id)
    {
        var pack = ShippedPacks.Of(id);

        // What follows is a participle, "under …" or "short of …".
        Assert.All(pack.Triggers, trigger => Assert.Matches("^([a-z-]+ing|under|short of|about to|due|in the middle of) ", trigger.Phrase));
    }

    [Theory, MemberData(nameof(Packs))]
    public void The_ideal_person_can_reach_90_and_nobody_more_than_100(string id) =>
        Assert.InRange(RubricBest.Of(ShippedPacks.Of(id).Rubric).Total, 90, 100);

    [Fact]
    public void All_packs_are_read_in_a_moment()
    {
        var times = Enumerable.Range(0, 5).Select(_ =>
        {
            var clock = Stopwatch.StartNew();
            GC.KeepAlive(new PackLibrary(Microsoft.Extensions.Options.Options.Create(new ResearchOptions())).All);
            return clock.Elapsed;
        }).ToArray();

        // The quickest: the others were interrupted by whatever else the machine does.
        Assert.True(times.Min() < TimeSpan.FromSeconds(3), times.Min().ToString());
    }
}
