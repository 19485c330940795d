using System.Text.Json.Nodes;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;
using ProspectOps.EndToEnd.Tests.Sinks;
using ProspectOps.Testing;

namespace ProspectOps.EndToEnd.Tests;

/// <summary>A file goes in, and what comes out agrees with itself and with what samples/README.md says of the file.</summary>
public sealed class WholeWalkTests(Platform platform, WholeWalkTests.Walk walk) : IClassFixture<WholeWalkTests.Walk>
{
    private const int Received = 250;
    private const int Rejected = 9;
    private const int Duplicates = 27;
    private const int Unparsable = 9;
    private const int Analyzed = Received - Rejected - Duplicates - Unparsable;

    private ApiClient Api => platform.Operator;

    [Fact]
    public void Upload_counts_rows_and_names_what_it_rejects()
    {
        Assert.Equal(Received, walk.Upload.Number("rows"));
        Assert.Equal(Rejected, walk.Upload.List("rejected").Count);
        Assert.All(walk.Upload.List("rejected"), line => Assert.False(string.IsNullOrWhiteSpace(line.Text("reason"))));
        Assert.Contains(walk.Upload.List("columns"), column => column.Text("name") == "Firma" && column.Text("mapsTo") == "company");
    }

    [Fact]
    public void Counts_are_those_of_the_file_and_add_up()
    {
        var counts = walk.Workflow.Numbers("counts");

        Assert.Equal("Completed", walk.Workflow.Text("status"));
        Assert.Equal((Received, Duplicates, Rejected + Unparsable, Analyzed, 0), (counts["received"], counts["duplicates"], counts["invalid"], counts["analyzed"], counts["failed"]));
        Assert.Equal(counts["received"], counts["duplicates"] + counts["invalid"] + counts["analyzed"] + counts["failed"]);
        Assert.Equal((Analyzed, Analyzed), (counts["validated"], counts["delivered"]));
        var byTier = walk.Workflow.Numbers("byTier");
        Assert.Equal(["A", "B", "C", "D"], byTier.Keys);
        Assert.Equal(Analyzed, byTier.Values.Sum());
        Assert.Equal(byTier["A"] + byTier["B"], counts["generated"]);
        Assert.NotEqual(0, counts["generated"]);
    }

    [Fact]
    public void Every_stage_that_ran_is_done_and_whole()
    {
        foreach (var stage in walk.Workflow.List("stages"))
        {
            Assert.Equal(stage.Text("name") == "approve" ? "skipped" : "done", stage.Text("status"));
            Assert.Equal(stage.Number("total"), stage.Number("done"));
            Assert.Equal(0, stage.Number("failed"));
        }
        Assert.Equal(["research", "validate", "analyze", "generate", "approve", "deliver"], walk.Workflow.List("stages").Select(stage => stage.Text("name")));
    }

    [Fact]
    public void Progress_never_falls_and_ends_at_a_hundred()
    {
        Assert.Equal(walk.Percents.Order(), walk.Percents);
        Assert.Equal(100, walk.Percents[^1]);
        Assert.All(walk.Percents.SkipLast(1), percent => Assert.InRange(percent, 0, 100));
    }

    [Fact]
    public async Task Campaign_counts_what_the_workflow_counted()
    {
        var campaign = (await Api.GetAsync($"campaigns/{walk.CampaignId}")).MustBe(200).Json;
        var counts = campaign.At("counts");

        Assert.Equal(("completed", "casino"), (campaign.Text("status"), campaign.Text("industry")));
        Assert.Equal((Analyzed, Analyzed), (counts.Number("prospects"), counts.Number("delivered")));
        Assert.Equal(walk.Workflow.Numbers("byTier"), counts.Numbers("byTier"));
        Assert.Equal(walk.Workflow.Number("counts.generated"), counts.Number("generated"));
        Assert.Equal(["deliverable", "risky", "undeliverable", "unknown"], counts.Numbers("byValidation").Keys.Order());
        Assert.Equal(Unparsable, counts.Numbers("byValidation")["undeliverable"]);
        // Those without an address are judged by nobody.
        var people = await Api.AllAsync($"campaigns/{walk.CampaignId}/prospects/all", 200);
        Assert.Equal(people.Count(person => person["validation"] is not null) + Unparsable, counts.Numbers("byValidation").Values.Sum());
    }

    [Theory]
    [InlineData("A")]
    [InlineData("B")]
    [InlineData("C")]
    [InlineData("D")]
    public async Task Tier_lists_its_people_once_and_best_first(string tier)
    {
        var people = await Api.AllAsync($"campaigns/{walk.CampaignId}/prospects/{tier}", 7);

        Assert.Equal(walk.Workflow.Numbers("byTier")[tier], people.Count);
        Assert.Equal(people.Count, people.DistinctBy(person => person.Text("prospectKey")).Count());
        Assert.All(people, person => Assert.Equal(tier, person.Text("analysis.tier")));
        var scores = people.Select(person => person.Number("analysis.score")).ToArray();
        Assert.Equal(scores.OrderDescending(), scores);
        Assert.All(people, person => Assert.Equal(tier is "A" or "B" ? 4 : 0, person["content"]?.List("emails").Count ?? 0));
        Assert.All(people, person => Assert.Equal(person.Number("analysis.score"), person.List("analysis.reasons").Sum(reason => reason.Number("points"))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(200)]
    public async Task Pages_of_any_size_hold_everybody_once(int limit)
    {
        var people = await Api.AllAsync($"campaigns/{walk.CampaignId}/prospects/all", limit);

        Assert.Equal(Analyzed, people.Count);
        Assert.Equal(Analyzed, people.DistinctBy(person => person.Text("prospectKey")).Count());
        var ranks = people.Select(person => (Tier: person.Text("analysis.tier")!, Score: -person.Number("analysis.score"))).ToArray();
        Assert.Equal(ranks.OrderBy(rank => rank.Tier, StringComparer.Ordinal).ThenBy(rank => rank.Score), ranks);
    }

    [Theory]
    [InlineData("csv", "first_name")]
    [InlineData("instantly", "first_name")]
    [InlineData("lemlist", "firstName")]
    [InlineData("smartlead", "first_name")]
    public async Task Export_for_a_spreadsheet_has_everybody_once_and_no_formulas(string format, string firstName)
    {
        var people = await Api.AllAsync($"campaigns/{walk.CampaignId}/prospects/all", 200);

        var reply = (await Api.GetAsync($"campaigns/{walk.CampaignId}/export?format={format}")).MustBe(200);
        var rows = CsvText.Read(reply.Text);

        Assert.Equal("text/csv", reply.ContentType);
        Assert.Equal(Named(people.Select(person => (person.Text("prospect.email"), person.Text("prospect.firstName")))), Named(rows.Select(row => ((string?)row["email"], (string?)row[firstName]))));
        Assert.All(rows.SelectMany(row => row.Values), cell => Assert.False(cell.Length > 0 && "=+-@\t\r".Contains(cell[0]), $"The cell {cell} is a formula."));
    }

    [Fact]
    public async Task Export_as_lines_is_the_list_of_people()
    {
        var people = await Api.AllAsync($"campaigns/{walk.CampaignId}/prospects/all", 200);

        var reply = (await Api.GetAsync($"campaigns/{walk.CampaignId}/export?format=jsonl")).MustBe(200);

        Assert.Equal(people.Select(person => person.ToJsonString()), reply.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.ToJsonString()));
    }

    [Fact]
    public async Task Files_of_what_was_left_out_list_each_line_once()
    {
        var rejected = CsvText.Read((await Api.GetAsync($"workflows/{walk.WorkflowId}/rejected")).MustBe(200).Text);
        var duplicates = CsvText.Read((await Api.GetAsync($"workflows/{walk.WorkflowId}/duplicates")).MustBe(200).Text);

        Assert.Equal((Rejected + Unparsable, Duplicates), (rejected.Count, duplicates.Count));
        string[] lines = [.. rejected.Select(row => row["line"]), .. duplicates.Select(row => row["line"])];
        Assert.Equal(lines.Length, lines.Distinct().Count());
        Assert.All(rejected, row => Assert.NotEmpty(row["reason"]));
        Assert.Equal(Unparsable, rejected.Count(row => row["reason"].StartsWith("undeliverable", StringComparison.Ordinal)));
        Assert.All(duplicates, row => Assert.DoesNotContain(row["duplicateOf"], duplicates.Select(other => other["line"])));
        var asLines = (await Api.GetAsync($"workflows/{walk.WorkflowId}/duplicates?format=jsonl")).MustBe(200).Text;
        Assert.Equal(Duplicates, asLines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Everybody_has_one_event_and_the_campaign_one()
    {
        var people = await Api.AllAsync($"campaigns/{walk.CampaignId}/prospects/all", 200);
        var received = walk.Inbox.Received;

        Assert.Empty(walk.Inbox.Faults);
        Assert.Equal(received.Count, received.DistinctBy(one => one.Id).Count());
        var ready = received.Where(one => one.Type == "prospect.ready").ToArray();
        Assert.Equal(people.Select(person => person.Text("prospectKey")).Order(StringComparer.Ordinal), ready.Select(one => one.ProspectKey).Order(StringComparer.Ordinal));
        Assert.All(ready, one => Assert.Equal(walk.CampaignId, one.Body.Text("data.campaignId")));
        var completed = Assert.Single(received, one => one.Type == "campaign.completed");
        Assert.Equal(received.Count, ready.Length + 1);
        Assert.Equal(completed, received[^1]);
        Assert.Equal(Analyzed, completed.Body.Number("data.counts.prospects"));
        Assert.Equal((0, Analyzed, 0, 0), (
            walk.Workflow.Number("deliveries.pending"), walk.Workflow.Number("deliveries.delivered"), walk.Workflow.Number("deliveries.retrying"), walk.Workflow.Number("deliveries.dead")));
    }

    private static IEnumerable<string> Named(IEnumerable<(string? Email, string? FirstName)> people) => people.Select(person => $"{person.Email}|{person.FirstName}").Order(StringComparer.Ordinal);

    /// <summary>The pipeline that all of them look at, run once.</summary>
    public sealed class Walk(Platform platform) : IAsyncLifetime
    {
        private readonly List<long> _percents = [];

        public JsonNode Upload { get; private set; } = null!;
        public string WorkflowId { get; private set; } = "";
        public string CampaignId { get; private set; } = "";
        public JsonNode Workflow { get; private set; } = null!;
        public IReadOnlyList<long> Percents => _percents;
        public Inbox Inbox { get; } = platform.Sink.Open();

        public async ValueTask InitializeAsync()
        {
            var api = platform.Operator;
            Upload = (await api.PostBytesAsync("uploads", await File.ReadAllBytesAsync(Path.Combine(RepositoryRoot.Path, "samples", "casino-250.csv")), "text/csv")).MustBe(201).Json!;
            var started = await api.StartAsync(new { name = "Spring", industry = "casino", uploadId = Upload.Text("uploadId"), options = new { deliverTo = Inbox.DeliverTo } });
            WorkflowId = started.Text("workflowId")!;
            CampaignId = started.Text("campaignId")!;
            Workflow = await api.EndAsync(WorkflowId, seen: workflow => _percents.Add(workflow.Number("progress.percent")));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
