using System.Text.Json.Nodes;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;

namespace ProspectOps.EndToEnd.Tests;

/// <summary>A person stops a workflow, lets it go on, approves it or ends it.</summary>
public sealed class ControlsTests(Platform platform)
{
    private const int People = 12;

    private readonly ApiClient _api = platform.Operator;

    [Fact]
    public async Task Workflow_that_is_approved_delivers_only_then()
    {
        var inbox = platform.Sink.Open();
        var id = await StartAsync("approved", new { requireApproval = true, deliverTo = inbox.DeliverTo });
        var waiting = await UntilAsync(id, "AwaitingApproval");
        Assert.Equal("running", Stage(waiting, "approve").Text("status"));
        Assert.Equal("pending", Stage(waiting, "deliver").Text("status"));
        Assert.DoesNotContain(inbox.Received, one => one.Type == "prospect.ready");

        (await _api.PostAsync($"workflows/{id}/approve", new { approved = true, note = "go" })).MustBe(202);

        var ended = await _api.EndAsync(id);
        Assert.Equal(("Completed", People), (ended.Text("status"), (int)ended.Number("counts.delivered")));
        Assert.Equal("done", Stage(ended, "approve").Text("status"));
        Assert.Equal(People, inbox.Received.Count(one => one.Type == "prospect.ready"));
    }

    [Fact]
    public async Task Workflow_that_is_refused_ends_canceled_with_the_note_and_delivers_nothing()
    {
        var inbox = platform.Sink.Open();
        var id = await StartAsync("refused", new { requireApproval = true, deliverTo = inbox.DeliverTo });
        await UntilAsync(id, "AwaitingApproval");

        (await _api.PostAsync($"workflows/{id}/approve", new { approved = false, note = "The offer is wrong." })).MustBe(202);

        var ended = await _api.EndAsync(id);
        Assert.Equal(("Canceled", "The offer is wrong."), (ended.Text("status"), ended.Text("error")));
        Assert.DoesNotContain(inbox.Received, one => one.Type == "prospect.ready");
        // The campaign follows its workflow.
        await Eventually.BecomesAsync(
            async () => (await _api.GetAsync($"campaigns/{ended.Text("campaignId")}")).MustBe(200).Json, campaign => campaign.Text("status") == "canceled", platform.Log);
    }

    [Fact]
    public async Task Suspended_workflow_waits_and_goes_on_where_it_was()
    {
        var id = await StartAsync("suspended", new { requireApproval = true });
        await UntilAsync(id, "AwaitingApproval");

        (await _api.PostAsync($"workflows/{id}/suspend")).MustBe(202);
        await UntilAsync(id, "Suspended");
        (await _api.PostAsync($"workflows/{id}/resume")).MustBe(202);
        await UntilAsync(id, "AwaitingApproval");
        (await _api.PostAsync($"workflows/{id}/approve", new { approved = true })).MustBe(202);

        Assert.Equal("Completed", (await _api.EndAsync(id)).Text("status"));
    }

    [Fact]
    public async Task Approval_of_a_suspended_workflow_counts_once_it_is_resumed()
    {
        var inbox = platform.Sink.Open();
        var id = await StartAsync("kept", new { requireApproval = true, deliverTo = inbox.DeliverTo });
        await UntilAsync(id, "AwaitingApproval");
        (await _api.PostAsync($"workflows/{id}/suspend")).MustBe(202);
        await UntilAsync(id, "Suspended");

        (await _api.PostAsync($"workflows/{id}/approve", new { approved = true })).MustBe(202);
        Assert.Equal("Suspended", (await _api.WorkflowAsync(id)).Text("status"));
        Assert.DoesNotContain(inbox.Received, one => one.Type == "prospect.ready");
        (await _api.PostAsync($"workflows/{id}/resume")).MustBe(202);

        Assert.Equal("Completed", (await _api.EndAsync(id)).Text("status"));
        Assert.Equal(People, inbox.Received.Count(one => one.Type == "prospect.ready"));
    }

    [Fact]
    public async Task Workflow_suspended_amid_its_people_does_each_of_them_once()
    {
        const int many = 700;
        var id = (await _api.StartAsync(new { name = "amid", industry = "casino", prospects = Some.Prospects(many, "amid"), options = new { generateFor = new[] { "A", "B", "C", "D" }, requireApproval = true } })).Text("workflowId")!;
        await _api.UntilAsync(id, workflow => workflow.Number("counts.analyzed") > 0);

        (await _api.PostAsync($"workflows/{id}/suspend")).MustBe(202);
        await UntilAsync(id, "Suspended");
        (await _api.PostAsync($"workflows/{id}/resume")).MustBe(202);
        // It waits for that, so that it cannot be over before it is suspended.
        await UntilAsync(id, "AwaitingApproval");
        (await _api.PostAsync($"workflows/{id}/approve", new { approved = true })).MustBe(202);

        var counts = (await _api.EndAsync(id)).Numbers("counts");
        Assert.Equal((many, many, many, 0), (counts["received"], counts["analyzed"], counts["generated"], counts["failed"]));
    }

    [Theory]
    [InlineData("AwaitingApproval")]
    [InlineData("Suspended")]
    public async Task Canceled_workflow_ends_without_delivering(string from)
    {
        var inbox = platform.Sink.Open();
        var id = await StartAsync($"canceled-{from}", new { requireApproval = true, deliverTo = inbox.DeliverTo });
        await UntilAsync(id, "AwaitingApproval");
        if (from == "Suspended")
        {
            (await _api.PostAsync($"workflows/{id}/suspend")).MustBe(202);
            await UntilAsync(id, "Suspended");
        }

        (await _api.PostAsync($"workflows/{id}/cancel")).MustBe(202);

        Assert.Equal("Canceled", (await _api.EndAsync(id)).Text("status"));
        Assert.DoesNotContain(inbox.Received, one => one.Type == "prospect.ready");
    }

    [Fact]
    public async Task What_is_planned_and_not_yet_attempted_when_it_is_canceled_is_not_sent()
    {
        // One in five seconds: not all of them before it is canceled, however long that takes.
        const int many = 100;
        var api = await platform.NewTenantAsync();
        var inbox = platform.Sink.Open();
        var endpoint = (await api.PostAsync("webhooks/endpoints", new { url = inbox.Url, events = new[] { "prospect.ready" }, ratePerSecond = 0.2 })).MustBe(201).Json;
        inbox.Secret = endpoint.Text("secret")!;
        await Eventually.BecomesAsync(
            async () => (await api.GetAsync($"webhooks/endpoints/{endpoint.Text("endpointId")}")).MustBe(200).Json, shown => shown.Text("status") == "active", platform.Log);
        var id = (await api.StartAsync(new { name = "stopped", industry = "casino", prospects = Some.Prospects(many, "stopped"), options = new { validateEmails = false, generateFor = Array.Empty<string>() } })).Text("workflowId")!;
        await Eventually.IsTrueAsync(() => inbox.Received.Any(one => one.Type == "prospect.ready"), platform.Log);

        (await api.PostAsync($"workflows/{id}/cancel")).MustBe(202);

        Assert.Equal("Canceled", (await api.EndAsync(id)).Text("status"));
        var ended = await api.UntilAsync(id, workflow => workflow.Number("deliveries.pending") == 0);
        var (delivered, canceled) = (ended.Number("deliveries.delivered"), ended.Number("deliveries.canceled"));
        Assert.InRange(canceled, 1, many - 1);
        Assert.Equal(many, delivered + canceled);
        Assert.Equal(delivered, inbox.Received.Where(one => one.Type == "prospect.ready").DistinctBy(one => one.Id).Count());
        var listed = await api.AllAsync("webhooks/deliveries?status=canceled", 200);
        Assert.Equal(canceled, listed.Count);
        Assert.All(listed, delivery => Assert.Empty(delivery.List("attempts")));
    }

    [Fact]
    public async Task Finished_workflow_obeys_nobody()
    {
        var id = await StartAsync("finished", new { generateFor = Array.Empty<string>() });
        await _api.EndAsync(id);

        foreach (var control in new[] { "cancel", "suspend", "resume" })
            (await _api.PostAsync($"workflows/{id}/{control}")).MustRefuse(409, "workflow_finished");
        (await _api.PostAsync($"workflows/{id}/approve", new { approved = true })).MustRefuse(409, "workflow_finished");
    }

    [Fact]
    public async Task Approval_says_yes_or_no_and_no_more_than_a_note()
    {
        var id = await StartAsync("asked", new { requireApproval = true });
        await UntilAsync(id, "AwaitingApproval");

        var silent = (await _api.PostAsync($"workflows/{id}/approve", new { })).MustBe(400);
        var verbose = (await _api.PostAsync($"workflows/{id}/approve", new { approved = true, note = new string('n', 2_001) })).MustBe(400);

        Assert.NotEmpty(silent.Error("approved"));
        Assert.NotEmpty(verbose.Error("note"));
        (await _api.PostAsync($"workflows/{id}/cancel")).MustBe(202);
        await _api.EndAsync(id);
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("suspend")]
    [InlineData("resume")]
    [InlineData("approve")]
    public async Task Workflow_of_another_tenant_is_not_there(string control)
    {
        var id = await StartAsync($"others-{control}", new { requireApproval = true });
        var other = await platform.NewTenantAsync();

        (await other.PostAsync($"workflows/{id}/{control}", control == "approve" ? new { approved = true } : null)).MustRefuse(404, "workflow_not_found");

        await UntilAsync(id, "AwaitingApproval");
        (await _api.PostAsync($"workflows/{id}/cancel")).MustBe(202);
        await _api.EndAsync(id);
    }

    private async Task<string> StartAsync(string name, object options) =>
        (await _api.StartAsync(new { name, industry = "casino", prospects = Some.Prospects(People, name.ToLowerInvariant()), options })).Text("workflowId")!;

    private Task<JsonNode> UntilAsync(string workflowId, string status) => _api.UntilAsync(workflowId, workflow => workflow.Text("status") == status);

    private static JsonNode Stage(JsonNode workflow, string name) => workflow.List("stages").Single(stage => stage.Text("name") == name);
}
