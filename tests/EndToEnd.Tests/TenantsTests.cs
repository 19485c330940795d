using System.Text.Json.Nodes;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;
using ProspectOps.EndToEnd.Tests.Sinks;

namespace ProspectOps.EndToEnd.Tests;

/// <summary>Two tenants do the same at the same time, with the same file and the same idempotency key; neither sees anything of the other.</summary>
public sealed class TenantsTests(Platform platform, TenantsTests.TwoTenants tenants) : IClassFixture<TenantsTests.TwoTenants>
{
    private ApiClient One => tenants.One.Api;

    [Fact]
    public void Both_runs_are_whole()
    {
        Assert.NotEqual(tenants.One.WorkflowId, tenants.Other.WorkflowId);
        Assert.NotEqual(tenants.One.CampaignId, tenants.Other.CampaignId);
        Assert.Equal(tenants.One.Workflow["counts"]!.ToJsonString(), tenants.Other.Workflow["counts"]!.ToJsonString());
        Assert.Equal(tenants.One.Workflow["byTier"]!.ToJsonString(), tenants.Other.Workflow["byTier"]!.ToJsonString());
        Assert.Equal((70, 4, 4, 62), (Count("received"), Count("duplicates"), Count("invalid"), Count("analyzed")));

        long Count(string name) => tenants.One.Workflow.Number($"counts.{name}");
    }

    [Fact]
    public async Task Lists_hold_what_is_ones_own()
    {
        foreach (var side in tenants.Both)
        {
            Assert.Equal([side.WorkflowId], (await side.Api.AllAsync("workflows", 50)).Where(one => one.Text("kind") != "agent_build").Select(one => one.Text("workflowId")));
            Assert.Equal([side.CampaignId], (await side.Api.AllAsync("campaigns", 50)).Select(one => one.Text("campaignId")));
        }
    }

    [Fact]
    public async Task People_and_events_of_one_are_not_those_of_the_other()
    {
        var people = new List<string>[2];
        foreach (var (index, side) in tenants.Both.Index())
        {
            people[index] = [.. (await side.Api.AllAsync($"campaigns/{side.CampaignId}/prospects/all", 200)).Select(person => person.Text("prospectKey")!)];
            Assert.Equal(62, people[index].Count);
            Assert.Empty(side.Inbox.Faults);
            Assert.All(side.Inbox.Received, one => Assert.Equal(side.CampaignId, one.Body.Text("data.campaignId")));
            Assert.Equal(63, side.Inbox.Received.Count);
        }
        Assert.Empty(people[0].Intersect(people[1]));
        Assert.Empty(tenants.One.Inbox.Received.Select(one => one.Id).Intersect(tenants.Other.Inbox.Received.Select(one => one.Id)));
    }

    [Theory]
    [InlineData("GET", "workflows/{wf}", "workflow_not_found")]
    [InlineData("GET", "workflows/{wf}/rejected", "workflow_not_found")]
    [InlineData("GET", "workflows/{wf}/duplicates?format=jsonl", "workflow_not_found")]
    [InlineData("POST", "workflows/{wf}/cancel", "workflow_not_found")]
    [InlineData("POST", "workflows/{wf}/suspend", "workflow_not_found")]
    [InlineData("POST", "workflows/{wf}/resume", "workflow_not_found")]
    [InlineData("POST", "workflows/{wf}/approve", "workflow_not_found")]
    [InlineData("GET", "campaigns/{cmp}", "campaign_not_found")]
    [InlineData("GET", "campaigns/{cmp}/prospects/all", "campaign_not_found")]
    [InlineData("GET", "campaigns/{cmp}/prospects/A", "campaign_not_found")]
    [InlineData("GET", "campaigns/{cmp}/export", "campaign_not_found")]
    [InlineData("GET", "campaigns/{cmp}/export?format=jsonl", "campaign_not_found")]
    public async Task Ids_of_the_other_are_not_found(string method, string path, string code)
    {
        foreach (var (mine, other) in new[] { (tenants.One, tenants.Other), (tenants.Other, tenants.One) })
        {
            var target = path.Replace("{wf}", other.WorkflowId, StringComparison.Ordinal).Replace("{cmp}", other.CampaignId, StringComparison.Ordinal);
            var reply = method == "GET" ? await mine.Api.GetAsync(target) : await mine.Api.PostAsync(target, path.EndsWith("approve", StringComparison.Ordinal) ? new { approved = true } : null);
            reply.MustRefuse(404, code);
        }
    }

    [Fact]
    public async Task Upload_of_the_other_cannot_be_used()
    {
        var request = new { name = "Theirs", industry = "casino", uploadId = tenants.Other.UploadId };

        (await One.PostAsync("workflows/complete-pipeline", request)).MustRefuse(404, "upload_not_found");
        (await One.PostAsync("workflows/estimate", request)).MustRefuse(404, "upload_not_found");
    }

    [Fact]
    public async Task Cursors_of_the_other_are_refused()
    {
        // A second one, so that there is more than a page.
        (await tenants.Other.Api.PostAsync("agents/build", new { industry = "logistics" })).MustBe(202);
        var cursor = (await tenants.Other.Api.GetAsync("workflows?limit=1")).MustBe(200).Json.Text("nextCursor");
        Assert.NotNull(cursor);
        (await One.GetAsync($"workflows?limit=1&cursor={cursor}")).MustRefuse(400, "cursor_invalid");
        var people = (await tenants.Other.Api.GetAsync($"campaigns/{tenants.Other.CampaignId}/prospects/all?limit=5")).MustBe(200).Json.Text("nextCursor");
        (await One.GetAsync($"campaigns/{tenants.One.CampaignId}/prospects/all?limit=5&cursor={people}")).MustRefuse(400, "cursor_invalid");
    }

    [Fact]
    public async Task Agents_and_rules_of_one_are_unknown_to_the_other()
    {
        await One.EndAsync((await One.PostAsync("agents/build", new { industry = "energy", notes = "We sell to grid operators." })).MustBe(202).Json.Text("workflowId")!);
        var rules = new { rules = new[] { new { id = "mine", action = "deny", kind = "domain", pattern = "casino1.example" } } };
        using var body = System.Net.Http.Json.JsonContent.Create(rules);
        (await One.SendAsync(HttpMethod.Put, "validation/rules", body)).MustBe(200);

        Assert.Equal("We sell to grid operators.", (await One.GetAsync("agents/energy")).MustBe(200).Json.Text("notes"));
        Assert.Equal("absent", (await tenants.Other.Api.GetAsync("agents/energy/status")).MustBe(200).Json.Text("status"));
        (await tenants.Other.Api.GetAsync("agents/energy")).MustRefuse(404, "agent_not_found");
        Assert.Empty((await tenants.Other.Api.GetAsync("validation/rules")).MustBe(200).Json.List("rules"));
    }

    [Fact]
    public async Task Administrator_of_a_tenant_rules_that_tenant_alone()
    {
        var key = await platform.Operator.NewKeyAsync(["admin:write"], tenants.One.TenantId);
        var admin = platform.With(key.Text("key"));
        var theirs = (await platform.Operator.NewKeyAsync(["prospects:read"], tenants.Other.TenantId)).Text("keyId");

        (await admin.GetAsync("manage/tenants")).MustRefuse(403, "operator_only");
        (await admin.PostAsync("manage/tenants", new { name = "Mine" })).MustRefuse(403, "operator_only");
        (await admin.PostAsync("manage/keys", new { name = "x", scopes = new[] { "admin:read" }, tenantId = "default" })).MustRefuse(403, "operator_only");
        (await admin.PostAsync("manage/keys", new { name = "x", scopes = new[] { "admin:read" }, tenantId = tenants.Other.TenantId })).MustRefuse(403, "operator_only");
        (await admin.PostAsync("manage/keys", new { name = "x", scopes = new[] { "campaigns:read" } })).MustRefuse(403, "scope_not_grantable");
        (await admin.PostAsync($"manage/keys/{theirs}/revoke")).MustRefuse(404, "key_not_found");
        var listed = (await admin.AllAsync("manage/keys", 1)).Select(one => one.Text("keyId")).ToArray();
        Assert.Contains(key.Text("keyId"), listed);
        Assert.DoesNotContain(theirs, listed);
        Assert.DoesNotContain("po_", string.Concat((await admin.GetAsync("manage/keys")).Json.List("items").Select(one => one.Text("key"))), StringComparison.Ordinal);
    }

    /// <summary>One tenant and what it has done.</summary>
    public sealed record Side(string TenantId, ApiClient Api, string UploadId, string WorkflowId, string CampaignId, JsonNode Workflow, Inbox Inbox);

    public sealed class TwoTenants(Platform platform) : IAsyncLifetime
    {
        private static readonly string[] Areas = ["prospects", "content", "campaigns", "validation", "webhooks", "clay", "analytics"];

        public Side One { get; private set; } = null!;
        public Side Other { get; private set; } = null!;
        public IReadOnlyList<Side> Both => [One, Other];

        public async ValueTask InitializeAsync()
        {
            var sides = await Task.WhenAll(RunAsync("One"), RunAsync("Other"));
            (One, Other) = (sides[0], sides[1]);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private async Task<Side> RunAsync(string name)
        {
            var tenantId = (await platform.Operator.PostAsync("manage/tenants", new { name })).MustBe(201).Json.Text("tenantId")!;
            var api = platform.With((await platform.Operator.NewKeyAsync([.. Areas.Select(area => $"{area}:write")], tenantId)).Text("key"));
            var inbox = platform.Sink.Open();
            var uploadId = await api.UploadAsync(Some.Csv(64, 4, 2));
            var started = (await api.PostAsync(
                "workflows/complete-pipeline", new { name = "Same", industry = "casino", uploadId, options = new { deliverTo = inbox.DeliverTo } }, ("Idempotency-Key", "the-same-in-both"))).MustBe(202);
            Assert.Null(started.Header("Idempotency-Replayed"));
            var workflowId = started.Json.Text("workflowId")!;
            return new Side(tenantId, api, uploadId, workflowId, started.Json.Text("campaignId")!, await api.EndAsync(workflowId), inbox);
        }
    }
}
