using System.Text.Json.Nodes;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;

namespace ProspectOps.EndToEnd.Tests.Capabilities;

/// <summary>What is thought of one person, and what is written to them.</summary>
public sealed class ContentTests(Platform platform)
{
    private static readonly object Someone = new
    {
        email = "ada@pearl-live.example",
        firstName = "Ada",
        lastName = "Borg",
        title = "Head of CRM",
        company = "Pearl Live",
        employees = 640,
        country = "MT",
        notes = "Building a retention team since March.",
    };

    private readonly ApiClient _api = platform.Operator;

    [Fact]
    public async Task Analysis_gives_reasons_that_add_up()
    {
        var analysis = (await _api.PostAsync("prospects/analyze", new { industry = "casino", prospect = Someone })).MustBe(200).Json!;

        Assert.Equal(analysis.Number("score"), analysis.List("reasons").Sum(reason => reason.Number("points")));
        Assert.InRange(analysis.Number("score"), 0, 100);
        var tier = analysis.Number("score") switch { >= 80 => "A", >= 60 => "B", >= 40 => "C", _ => "D" };
        Assert.Equal((tier, "rules"), (analysis.Text("tier"), analysis.Text("source")));
        Assert.StartsWith("prs_", analysis.Text("prospectKey"), StringComparison.Ordinal);
        Assert.All(new[] { "approach", "painPoints", "buyingSignals", "confidence", "cached", "usage" }, field => Assert.NotNull(analysis[field]));
    }

    [Fact]
    public async Task One_bad_person_of_a_batch_fails_alone()
    {
        var reply = await _api.PostAsync("prospects/analyze-batch", new { industry = "casino", prospects = new[] { Someone, new { title = "Nobody" }, "text", new { email = 5 }, new { nmae = "x" }, Someone } });

        var json = reply.MustBe(200).Json!;
        Assert.Equal([true, false, false, false, false, true], json.List("results").Select(result => (bool)result["ok"]!));
        Assert.Equal([0, 1, 2, 3, 4, 5], json.List("results").Select(result => result.Number("index")));
        Assert.All(json.List("results").Where(result => !(bool)result["ok"]!), result => Assert.Equal("prospect_invalid", result.Text("error.code")));
        Assert.Equal((6, 2, 4), (json.Number("summary.total"), json.Number("summary.succeeded"), json.Number("summary.failed")));
        Assert.Equal(["A", "B", "C", "D"], json.Numbers("summary.byTier").Keys);
        Assert.Equal(2, json.Numbers("summary.byTier").Values.Sum());
    }

    [Theory]
    [InlineData(null, 4)]
    [InlineData(1, 1)]
    [InlineData(10, 10)]
    public async Task Sequence_has_the_steps_asked_for_and_evidence_for_each(int? steps, int expected)
    {
        var sequence = (await _api.PostAsync("content/generate-sequence", new { industry = "casino", prospect = Someone, steps, sender = new { name = "Kim", title = "Founder", company = "Acme", offer = "retention software" } })).MustBe(200).Json!;

        var emails = sequence.List("emails");
        Assert.Equal(Enumerable.Range(1, expected).Select(step => (long)step), emails.Select(email => email.Number("step")));
        Assert.Equal(emails.Select(email => email.Number("dayOffset")).Order(), emails.Select(email => email.Number("dayOffset")));
        Assert.All(emails, email => Assert.False(string.IsNullOrWhiteSpace(email.Text("subject")) || string.IsNullOrWhiteSpace(email.Text("body"))));
        Assert.All(emails, email => Assert.InRange(email.Number("quality.score"), 0, 100));
        Assert.All(emails, email => Assert.DoesNotContain("{{", email.Text("body"), StringComparison.Ordinal));
        Assert.NotEmpty(emails[0].List("evidence"));
    }

    [Theory]
    [InlineData("steps", 0)]
    [InlineData("steps", 11)]
    [InlineData("seconds", 29)]
    [InlineData("seconds", 121)]
    public async Task Lengths_out_of_range_are_refused(string field, int value)
    {
        var body = new JsonObject { ["industry"] = "casino", ["prospect"] = System.Text.Json.JsonSerializer.SerializeToNode(Someone), [field] = value };

        Assert.NotEmpty((await _api.PostAsync(field == "steps" ? "content/generate-sequence" : "content/video-script", body)).MustRefuse(400, "validation_failed").Error(field));
    }

    [Theory]
    [InlineData("connect")]
    [InlineData("message")]
    [InlineData("followup")]
    public async Task Message_is_as_long_as_it_says(string kind)
    {
        var message = (await _api.PostAsync("content/linkedin-message", new { industry = "casino", prospect = Someone, kind })).MustBe(200).Json!;

        Assert.Equal(message.Text("message")!.Length, message.Number("characters"));
        Assert.InRange(message.Number("characters"), 1, kind == "connect" ? 300 : 8_000);
    }

    [Fact]
    public async Task Message_of_no_kind_is_refused()
    {
        Assert.NotEmpty((await _api.PostAsync("content/linkedin-message", new { industry = "casino", prospect = Someone })).MustRefuse(400, "validation_failed").Error("kind"));
        Assert.NotEmpty((await _api.PostAsync("content/linkedin-message", new { industry = "casino", prospect = Someone, kind = "poke" })).MustRefuse(400, "validation_failed").Error("kind"));
    }

    [Theory]
    [InlineData(null, 60)]
    [InlineData(30, 30)]
    [InlineData(120, 120)]
    public async Task Script_fills_its_seconds(int? seconds, int expected)
    {
        var script = (await _api.PostAsync("content/video-script", new { industry = "casino", prospect = Someone, seconds })).MustBe(200).Json!;

        Assert.Equal(expected, script.List("scenes").Sum(scene => scene.Number("seconds")));
        Assert.Equal(script.Number("words"), script.List("scenes").Sum(scene => scene.Text("narration")!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length));
    }

    [Fact]
    public async Task Batch_writes_to_everybody_whatever_their_tier()
    {
        var started = (await _api.PostAsync("content/generate-batch", new { industry = "casino", prospects = Some.Prospects(14, "batch"), steps = 2 })).MustBe(202);

        var workflow = await _api.EndAsync(started.Json.Text("workflowId")!);

        Assert.Equal(("Completed", 14, 14), (workflow.Text("status"), workflow.Number("counts.analyzed"), workflow.Number("counts.generated")));
        var people = await _api.AllAsync($"campaigns/{workflow.Text("campaignId")}/prospects/all", 50);
        Assert.All(people, person => Assert.Equal(2, person.List("content.emails").Count));
    }

    [Fact]
    public async Task Batch_with_somebody_unusable_is_refused_by_name() => Assert.NotEmpty(
        (await _api.PostAsync("content/generate-batch", new { industry = "casino", prospects = new[] { Someone, new { title = "Nobody" } } })).MustRefuse(400, "validation_failed").Error("prospects[1]"));

    [Fact]
    public async Task Estimate_counts_people_once_and_costs_nothing_without_a_model()
    {
        var uploadId = await _api.UploadAsync(Some.Csv(50, 5, 3));

        var estimate = (await _api.PostAsync("workflows/estimate", new { name = "a", industry = "casino", uploadId })).MustBe(200).Json!;

        Assert.Equal((50, 0, 0), (estimate.Number("prospects"), estimate.Number("modelCalls"), estimate.Number("costUsd")));
        Assert.True((double)estimate["seconds"]! > 0);
        Assert.Equal(55, (await _api.PostAsync("workflows/estimate", new { name = "a", industry = "casino", uploadId, options = new { deduplicate = false } })).MustBe(200).Json.Number("prospects"));
    }

    [Fact]
    public async Task Text_that_is_no_address_is_judged_and_not_refused()
    {
        var result = (await _api.PostAsync("validation/check", new { email = "no address" })).MustBe(200).Json!;

        Assert.Equal(("undeliverable", false), (result.Text("verdict"), (bool)result.At("checks.syntax.valid")!));
    }
}
