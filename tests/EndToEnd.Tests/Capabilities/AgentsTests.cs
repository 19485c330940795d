using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;

namespace ProspectOps.EndToEnd.Tests.Capabilities;

public sealed class AgentsTests(Platform platform)
{
    private readonly ApiClient _api = platform.Operator;

    [Fact]
    public async Task Agent_is_absent_then_built_then_answered_at_once()
    {
        // Its own, where nobody else has agents built.
        var api = await platform.NewTenantAsync();
        Assert.Equal("absent", (await api.GetAsync("agents/insurance/status")).MustBe(200).Json.Text("status"));
        (await api.GetAsync("agents/insurance")).MustRefuse(404, "agent_not_found");

        var building = (await api.PostAsync("agents/build", new { industry = "insurance" })).MustBe(202);
        Assert.Equal(building.Json.Text("statusUrl"), building.Header("Location"));
        var workflow = await api.EndAsync(building.Json.Text("workflowId")!);

        Assert.Equal(("Completed", 100), (workflow.Text("status"), workflow.Number("progress.percent")));
        var status = (await api.GetAsync("agents/insurance/status")).MustBe(200).Json;
        Assert.Equal(("ready", "rules"), (status.Text("status"), status.Text("source")));
        Assert.Equal(TimeSpan.FromDays(30), DateTimeOffset.Parse(status.Text("expiresAt")!, null) - DateTimeOffset.Parse(status.Text("builtAt")!, null));
        var pack = (await api.PostAsync("agents/build", new { industry = "insurance" })).MustBe(200);
        Assert.Equal(pack.Text, (await api.GetAsync("agents/insurance")).MustBe(200).Text);
        Assert.All(new[] { "personas", "pains", "triggers", "vocabulary", "objections", "valuePropositions", "compliance" }, part => Assert.NotEmpty(pack.Json.List(part)));
        Assert.Contains((await api.GetAsync("industries")).MustBe(200).Json.List("items"), industry => industry.Text("id") == "insurance" && industry.Text("agentStatus") == "ready");
    }

    [Fact]
    public async Task Agent_is_built_again_where_that_is_asked_for()
    {
        var api = await platform.NewTenantAsync();
        await api.EndAsync((await api.PostAsync("agents/build", new { industry = "education", refresh = true })).MustBe(202).Json.Text("workflowId")!);
        var before = (await api.GetAsync("agents/education/status")).Json.Text("builtAt");

        await api.EndAsync((await api.PostAsync("agents/build", new { industry = "education", refresh = true })).MustBe(202).Json.Text("workflowId")!);

        Assert.NotEqual(before, (await api.GetAsync("agents/education/status")).Json.Text("builtAt"));
    }

    [Fact]
    public async Task Status_of_an_industry_that_nobody_knows_is_not_found() => (await _api.GetAsync("agents/alchemy/status")).MustRefuse(404, "industry_not_found");

    [Fact]
    public async Task Campaign_is_created_empty()
    {
        var reply = (await _api.PostAsync("campaigns/create", new { name = "Ünïcode 🎲", industry = "casino", description = "By hand" })).MustBe(201);

        Assert.Equal($"/api/campaigns/{reply.Json.Text("campaignId")}", reply.Header("Location"));
        Assert.Equal(("draft", "Ünïcode 🎲"), (reply.Json.Text("status"), reply.Json.Text("name")));
        Assert.Equal(reply.Text, (await _api.GetAsync($"campaigns/{reply.Json.Text("campaignId")}")).MustBe(200).Text);
        Assert.Empty(await _api.AllAsync($"campaigns/{reply.Json.Text("campaignId")}/prospects/all", 50));
        Assert.Empty(CsvText.Read((await _api.GetAsync($"campaigns/{reply.Json.Text("campaignId")}/export")).MustBe(200).Text));
    }

    [Fact]
    public async Task Health_says_what_it_stands_on()
    {
        var health = (await platform.With(null).GetAsync("health")).MustBe(200).Json;

        Assert.Equal(["blobs", "dns", "llm", "orchestrations", "queues", "smtp", "tables"], health.At("checks")!.AsObject().Select(check => check.Key).Order());
        // No test reaches the internet: the check at start is off, and the name server is one of our own.
        Assert.Contains("Validation:Smtp:Mode is off", health.At("checks.smtp")!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("""{"status":"alive"}""", (await platform.With(null).GetAsync("health/live")).MustBe(200).Text);
    }
}
