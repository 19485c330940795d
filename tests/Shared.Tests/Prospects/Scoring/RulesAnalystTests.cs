using System.Diagnostics;
using System.Text.Json;
using ProspectOps.Platform.Json;
using ProspectOps.Prospects;
using ProspectOps.Prospects.Scoring;
using ProspectOps.Research;
using ProspectOps.Tests.Research;

namespace ProspectOps.Tests.Prospects.Scoring;

public sealed class RulesAnalystTests
{
    private static readonly IndustryPack Casino = ShippedPacks.Of("casino");

    private static readonly Prospect Kim = new()
    {
        Email = "kim@luckycasino.com",
        FirstName = "Kim",
        LastName = "Doe",
        Title = "Head of CRM",
        Employees = 200,
        Country = "Malta",
        Notes = "Met in Sliema. They are on a platform migration and hiring CRM people.",
    };

    [Fact]
    public async Task Everything_known_gives_a_reason_a_factor_and_a_line_of_the_rubric()
    {
        var analysis = await Some.Analyze(Casino, Kim);

        Assert.Equal(
            [
                new("role", 32, "title \"Head of CRM\": \"head of crm\" is the persona CRM and retention (rubric.role.crm-retention)"),
                new("seniority", 19, "title \"Head of CRM\": \"head of\" is the level director (rubric.seniority.director)"),
                new("companySize", 14, "employees \"200\": an operator with its own CRM and payments teams (rubric.companySize[2])"),
                new("country", 9, "country \"Malta\": MT, a regulated online market or a hub of licensed operators (rubric.country[0])"),
                new("domain", 8, "email \"luckycasino.com\": holds \"casino\", a word of the trade (rubric.domain.industry)"),
                new("freeText", 10, "notes \"…Sliema. They are on a platform migration and hiring CRM people\": \"platform migration\" betrays the trigger platform-migration (rubric.freeText.platform-migration)"),
                new("freeText", 7, "notes \"…platform migration and hiring CRM people\": \"hiring CRM\" betrays the trigger retention-hiring; 9 points, cut to the 17 that free text gives at most (rubric.freeText.retention-hiring)"),
            ],
            analysis.Reasons);
        Assert.Equal((99, Tier.A, 1.0), (analysis.Score, analysis.Tier, analysis.Confidence));
        Assert.Equal(("rules", false, ModelUsage.None), (analysis.Source, analysis.Cached, analysis.Usage));
        Assert.Equal(3, analysis.PainPoints.Count);
        Assert.Equal("The operator is changing its platform or CRM. Seen in notes: \"platform migration\".", analysis.BuyingSignals[0]);
    }

    [Fact]
    public async Task Approach_joins_trigger_pain_focus_and_value()
    {
        var analysis = await Some.Analyze(Casino, Kim);

        Assert.Equal(
            "The company seems to be moving to another platform: open with that, and ask how they are dealing with bonus hunters who leave after the first offer, " +
            "being responsible for player retention and VIP revenue. Then show how you help online casinos and betting operators keep new players past their first month.",
            analysis.Approach);
    }

    [Theory]
    [InlineData("Head of CRM", null, "Ask how they are dealing with bonus hunters")]
    [InlineData("Beekeeper", "new brand", "The company seems to be launching another brand: open with that, and ask who is responsible for player retention")]
    [InlineData("Beekeeper", null, "First find out who is responsible for player retention and VIP revenue: the title does not point to this person.")]
    [InlineData(null, null, "First find out who is responsible for player retention and VIP revenue: this person's title is unknown.")]
    public async Task Approach_reads_well_whatever_is_missing(string? title, string? notes, string start)
    {
        var analysis = await Some.Analyze(Casino, new Prospect { LastName = "Doe", Title = title, Notes = notes });

        Assert.StartsWith(start, analysis.Approach, StringComparison.Ordinal);
        Assert.DoesNotContain("  ", analysis.Approach, StringComparison.Ordinal);
        Assert.DoesNotContain("..", analysis.Approach, StringComparison.Ordinal);
        Assert.EndsWith(".", analysis.Approach, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_unknown_costs_confidence_and_is_said()
    {
        var analysis = await Some.Analyze(Casino, Kim with { Employees = null, Country = null, Notes = null });

        Assert.Equal(0.6, analysis.Confidence);
        Assert.Contains(new ScoreReason("companySize", 0, "employees is unknown: up to 14 points are not given (rubric.companySize)"), analysis.Reasons);
        Assert.Contains(new ScoreReason("country", 0, "country is unknown: up to 9 points are not given (rubric.country)"), analysis.Reasons);
    }

    [Fact]
    public async Task A_title_that_no_persona_has_is_half_known()
    {
        var known = await Some.Analyze(Casino, new Prospect { LastName = "Doe", Title = "Head of CRM" });
        var other = await Some.Analyze(Casino, new Prospect { LastName = "Doe", Title = "Head of Beekeeping" });

        Assert.Equal((0.52, 0.35), (known.Confidence, other.Confidence));
    }

    [Theory]
    [InlineData("no platform migration planned")]
    [InlineData("They are not planning a platform migration.")]
    [InlineData("aren't planning a platform migration")]
    [InlineData("isn’t a platform migration")]
    [InlineData("stopped the platform migration")]
    [InlineData("a platform. Migration of birds")]
    public async Task A_trigger_denied_is_no_trigger(string notes) =>
        Assert.Empty((await Some.Analyze(Casino, Kim with { Notes = notes })).BuyingSignals);

    [Theory]
    [InlineData("No budget, but a platform migration")]
    [InlineData("They do not know when the platform migration ends")]
    [InlineData("PLATFORM-MIGRATION")]
    public async Task A_word_of_denial_elsewhere_denies_nothing(string notes) =>
        Assert.Single((await Some.Analyze(Casino, Kim with { Notes = notes })).BuyingSignals);

    [Fact]
    public async Task Triggers_are_found_in_the_title_and_in_custom_fields_too()
    {
        var analysis = await Some.Analyze(Casino, Kim with { Title = "Head of CRM - brand launch", Notes = null, Custom = new Dictionary<string, string> { ["Last call"] = "talked about a bonus cost target" } });

        Assert.Contains("The operator is launching or buying a brand. Seen in title: \"brand launch\".", analysis.BuyingSignals);
        Assert.Contains("Bonus cost has become a topic. Seen in custom.Last call: \"bonus cost\".", analysis.BuyingSignals);
    }

    [Theory]
    [InlineData("kim@gmail.com", null, 1)]
    [InlineData("kim@gmail.com", "https://www.Lucky-Casino.com/about?x=1", 8)]
    [InlineData("kim@acme.com", null, 5)]
    [InlineData("kim@alphabet.com", null, 5)]
    [InlineData("kim@lucky.bet", null, 8)]
    [InlineData("kim@mail.lucky-bet.com", null, 8)]
    [InlineData("kim@casinolucky.de", null, 8)]
    [InlineData("kim@acme.com", "not a domain", 5)]
    [InlineData("nonsense", "localhost", 0)]
    [InlineData(null, "acme.com.", 5)]
    public async Task A_domain_is_free_a_companys_or_the_trades(string? email, string? domain, int points)
    {
        var analysis = await Some.Analyze(Casino, Kim with { Email = email, CompanyDomain = domain });

        Assert.Equal(points, analysis.Reasons.Single(reason => reason.Factor == "domain").Points);
    }

    [Theory]
    [InlineData("Germany", 8)]
    [InlineData("DEU", 8)]
    [InlineData("de", 8)]
    [InlineData("Deutschland ", 8)]
    [InlineData("U.S.A.", 8)]
    [InlineData("United States of America", 8)]
    [InlineData("uk", 9)]
    [InlineData("the Netherlands", 9)]
    [InlineData("España", 9)]
    [InlineData("ESPANA", 9)]
    [InlineData("Côte d’Ivoire", 2)]
    [InlineData("Atlantis", 0)]
    public async Task A_country_is_known_by_name_and_code(string country, int points)
    {
        var analysis = await Some.Analyze(Casino, Kim with { Country = country });

        Assert.Equal(points, analysis.Reasons.Single(reason => reason.Factor == "country").Points);
    }

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 4)]
    [InlineData(49, 9)]
    [InlineData(50, 14)]
    [InlineData(int.MaxValue, 9)]
    public async Task A_size_falls_into_its_band(int employees, int points)
    {
        var analysis = await Some.Analyze(Casino, Kim with { Employees = employees });

        Assert.Equal(points, analysis.Reasons.Single(reason => reason.Factor == "companySize").Points);
    }

    [Fact]
    public async Task The_same_input_gives_the_same_bytes_in_any_order_and_batch()
    {
        var custom = Enumerable.Range(0, 20).Select(i => KeyValuePair.Create($"field {i}", i % 2 == 0 ? "bonus cost" : "new brand, platform migration")).ToList();
        var forward = Kim with { Custom = new Dictionary<string, string>(custom) };
        var backward = Kim with { Custom = new Dictionary<string, string>(Enumerable.Reverse(custom)) };
        var analyst = Some.Analyst();

        var one = await analyst.AnalyzeAsync(Casino, [new("a", forward), new("b", new Prospect { LastName = "Roe" })], CancellationToken.None);
        var other = await Some.Analyst().AnalyzeAsync(Reversed(Casino), [new("b", new Prospect { LastName = "Roe" }), new("a", backward)], CancellationToken.None);

        Assert.Equal(Json(one[0]), Json(other[1]));
        Assert.Equal(Json(one[1]), Json(other[0]));
    }

    [Fact]
    public async Task A_bound_list_of_free_providers_is_used()
    {
        var analyst = new RulesAnalyst(new EveryDomainIsFree());

        var analysis = Assert.Single(await analyst.AnalyzeAsync(Casino, [new("a", Kim)], CancellationToken.None));

        Assert.Equal(1, analysis.Reasons.Single(reason => reason.Factor == "domain").Points);
    }

    [Fact]
    public async Task A_cancelled_batch_ends()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Some.Analyst().AnalyzeAsync(Casino, [new("a", Kim)], cancelled.Token));
    }

    [Fact]
    public async Task Ten_thousand_analyses_take_less_than_a_second_on_one_thread()
    {
        var prospects = Enumerable.Range(0, 10_000).Select(i => new KeyedProspect($"prs_{i}", Kim with { Title = $"{Kim.Title} {i}", Employees = i })).ToList();
        var analyst = Some.Analyst();
        await analyst.AnalyzeAsync(Casino, prospects[..500], CancellationToken.None);

        var slices = new List<TimeSpan>();
        foreach (var slice in prospects.Chunk(200))
        {
            var clock = Stopwatch.StartNew();
            await analyst.AnalyzeAsync(Casino, slice, CancellationToken.None);
            slices.Add(clock.Elapsed);
        }

        // The quickest of the 50 slices: the others were interrupted by whatever else the machine does.
        Assert.True(50 * slices.Min() < TimeSpan.FromSeconds(1), slices.Min().ToString());
    }

    // The same pack with its dictionaries built in another order.
    private static IndustryPack Reversed(IndustryPack pack) => pack with
    {
        Rubric = pack.Rubric with
        {
            Role = new Dictionary<string, int>(pack.Rubric.Role.Reverse()),
            FreeText = new Dictionary<string, int>(pack.Rubric.FreeText.Reverse()),
            Seniority = new Dictionary<string, int>(pack.Rubric.Seniority.Reverse()),
        },
    };

    private static string Json(Analysis analysis) => JsonSerializer.Serialize(analysis, JsonDefaults.Options);

    private sealed class EveryDomainIsFree : IFreeMailDomains
    {
        public bool Contains(string domain) => true;
    }
}
