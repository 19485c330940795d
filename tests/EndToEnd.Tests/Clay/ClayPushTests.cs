using System.Text.Json.Nodes;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;
using ProspectOps.Testing;

namespace ProspectOps.EndToEnd.Tests.Clay;

/// <summary>People of a campaign, sent to a table that enforces Clay's limits.</summary>
public sealed class ClayPushTests(Platform platform)
{
    [Fact]
    public async Task Everybody_is_sent_once_at_the_pace_that_clay_allows_and_what_does_not_come_back_is_sent_again_on_request()
    {
        var side = await ClaySide.NewAsync(platform, people: 40);
        var webhook = await side.ConnectAsync();
        webhook.Drops = row => ((string)row["email"]!).StartsWith("person7@", StringComparison.Ordinal);

        var pushed = await PushAsync(side);

        Assert.Equal(("Completed", 40L, 0L, 0L, 40L, 40L), (pushed.Text("status"), pushed.Number("counts.received"), pushed.Number("counts.duplicates"), pushed.Number("counts.invalid"), pushed.Number("counts.analyzed"), pushed.Number("counts.delivered")));
        Assert.Equal(["validate", "deliver"], pushed.List("stages").Select(stage => stage.Text("name")));
        Assert.All(pushed.List("stages"), stage => Assert.Equal(("done", stage.Number("total")), (stage.Text("status"), stage.Number("done"))));
        Assert.Equal((40, 39, 0), (webhook.Submissions, webhook.RowIds.Distinct().Count(), webhook.Workspace.Refused));
        Assert.Empty(webhook.Faults);
        Assert.All(webhook.Rows, row => Assert.Matches("^row_[0-9a-z]{26}$", (string)row["po_row_id"]!));
        Assert.Equal((40L, 50_000L, 40L), (await Numbers(side, "sent"), await Numbers(side, "lifetimeLimit"), await Numbers(side, "awaitingReturn")));

        // All but the lost one come back, enriched.
        foreach (var row in webhook.Rows)
            Assert.Equal(202, await ClayWebhook.ReturnAsync(platform.Http, side.Inbound, new JsonObject { ["po_row_id"] = (string)row["po_row_id"]!, ["title"] = "Chief Marketing Officer" }));
        await side.UntilAsync(people => people.Count(person => person.Text("prospect.title") == "Chief Marketing Officer") >= 39);
        await WaitAsync(side, () => Numbers(side, "overdue"), overdue => overdue == 1);
        var lost = Assert.Single(await side.Api.AllAsync("clay/rows?status=overdue", 10));
        Assert.Equal(("overdue", 1L, side.CampaignId), (lost.Text("status"), lost.Number("sends"), lost.Text("campaignId")));
        Assert.Equal(39, (await side.Api.AllAsync("clay/rows?status=returned", 10)).Count);

        webhook.Drops = _ => false;
        var again = (await side.Api.PostAsync("clay/rows/push-again")).MustBe(202).Json!;
        again = await side.Api.EndAsync(again.Text("workflowId")!);

        Assert.Equal((1L, 1L), (again.Number("counts.received"), again.Number("counts.delivered")));
        Assert.Equal((41, 40), (webhook.Submissions, webhook.RowIds.Distinct().Count()));
        var second = await PushAsync(side);
        Assert.Equal((40L, 40L, 0L, "Completed"), (second.Number("counts.received"), second.Number("counts.duplicates"), second.Number("counts.delivered"), second.Text("status")));
        Assert.Equal(41, webhook.Submissions);
        Assert.Equal(41L, await Numbers(side, "sent"));
    }

    [Fact]
    public async Task Undeliverable_people_are_not_sent_and_a_tier_can_be_chosen()
    {
        var side = await ClaySide.NewAsync(platform, people: 20, tag: "tier");
        var all = await side.PeopleAsync();
        var tier = all[0].Text("analysis.tier")!;
        var webhook = await side.ConnectAsync();
        (await side.Api.PutAsync("validation/rules", new { rules = new[] { new { id = "no", action = "deny", kind = "address", pattern = all[0].Text("prospect.email") } } })).MustBe(200);

        var pushed = await PushAsync(side, tier);

        var expected = all.Where(person => person.Text("analysis.tier") == tier).ToArray();
        Assert.Equal((expected.Length, 1L, expected.Length - 1L), ((int)pushed.Number("counts.received"), pushed.Number("counts.invalid"), pushed.Number("counts.delivered")));
        Assert.Equal(expected.Skip(1).Select(person => person.Text("prospect.email")).Order(), webhook.Rows.Select(row => (string)row["email"]!).Order());
    }

    [Fact]
    public async Task Clay_that_is_busy_or_broken_for_a_while_gets_every_row_all_the_same()
    {
        var side = await ClaySide.NewAsync(platform, people: 12, tag: "busy");
        var webhook = await side.ConnectAsync();
        webhook.Answer = number => number switch { <= 3 => 503, <= 6 => 429, 7 => 408, _ => null };

        var pushed = await PushAsync(side);

        Assert.Equal(("Completed", 12L, 0L), (pushed.Text("status"), pushed.Number("counts.delivered"), pushed.Number("counts.failed")));
        Assert.Equal((12, 12), (webhook.Rows.Count, webhook.RowIds.Distinct().Count()));
    }

    [Fact]
    public async Task Wrong_token_ends_the_push_with_the_reason_and_the_next_one_goes_on()
    {
        var side = await ClaySide.NewAsync(platform, people: 5, tag: "token");
        var webhook = await side.ConnectAsync();
        var right = webhook.Token;
        webhook.Token = "another";

        var refused = await PushAsync(side);
        Assert.Equal(("Failed", 5L), (refused.Text("status"), refused.Number("counts.failed")));
        Assert.Contains("401", refused.Text("error"), StringComparison.Ordinal);
        Assert.DoesNotContain(right!, refused.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("completed", (await side.Api.GetAsync($"campaigns/{side.CampaignId}")).Json.Text("status"));

        webhook.Token = right;
        Assert.Equal(5, (await PushAsync(side)).Number("counts.delivered"));
    }

    [Fact]
    public async Task Row_that_clay_does_not_take_fails_alone_and_is_listed()
    {
        var side = await ClaySide.NewAsync(platform, people: 3, tag: "one");
        var webhook = await side.ConnectAsync();
        webhook.Answer = number => number == 2 ? 422 : null;

        var pushed = await PushAsync(side);

        Assert.Equal((2L, 1L), (pushed.Number("counts.delivered"), pushed.Number("counts.failed")));
        var failed = Assert.Single(await side.Api.AllAsync("clay/rows?status=failed", 10));
        Assert.Contains("422", failed.Text("failure"), StringComparison.Ordinal);
        webhook.Answer = _ => null;
        Assert.Equal((1L, 2L), ((await PushAsync(side)) is var next ? next.Number("counts.delivered") : 0, next.Number("counts.duplicates")));
    }

    [Fact]
    public async Task Canceled_push_stops_and_leaves_the_rest_to_the_next()
    {
        var side = await ClaySide.NewAsync(platform, people: 40, tag: "cancel");
        var webhook = await side.ConnectAsync();
        // What comes after the first ten is not answered before it is canceled.
        var isCanceled = new TaskCompletionSource();
        webhook.Pause = number => number > 10 ? isCanceled.Task : Task.CompletedTask;
        var workflowId = (await side.Api.PostAsync("clay/push", new { campaignId = side.CampaignId })).MustBe(202).Json.Text("workflowId")!;
        await Eventually.IsTrueAsync(() => webhook.Submissions >= 10, platform.Log);

        (await side.Api.PostAsync($"workflows/{workflowId}/cancel")).MustBe(202);
        isCanceled.SetResult();
        var canceled = await side.Api.EndAsync(workflowId);

        Assert.Equal("Canceled", canceled.Text("status"));
        Assert.True(webhook.Submissions < 40, "It was canceled too late.");
        await PushAsync(side);
        Assert.Equal((40, 40), (webhook.Submissions, webhook.RowIds.Distinct().Count()));
    }

    [Fact]
    public async Task What_belongs_to_another_tenant_is_not_found()
    {
        var (one, other) = (await ClaySide.NewAsync(platform, people: 1, tag: "mine"), await ClaySide.NewAsync(platform));
        var webhook = await one.ConnectAsync();

        (await other.Api.PostAsync("clay/setup-tables", new { campaignId = one.CampaignId, industry = "casino" })).MustRefuse(404, "campaign_not_found");
        (await other.Api.PutAsync("clay/connection", new { webhookUrl = webhook.Url, campaignId = one.CampaignId })).MustRefuse(404, "campaign_not_found");
        (await other.Api.GetAsync($"clay/connection?campaignId={one.CampaignId}")).MustRefuse(404, "campaign_not_found");
        (await other.Api.GetAsync("clay/connection")).MustRefuse(404, "clay_connection_not_found");
        (await other.Api.PostAsync("clay/push", new { campaignId = one.CampaignId })).MustRefuse(404, "campaign_not_found");
        (await other.Api.PostAsync("clay/rows/push-again", new { campaignId = one.CampaignId })).MustRefuse(404, "campaign_not_found");
        (await other.Api.GetAsync($"clay/rows?campaignId={one.CampaignId}")).MustRefuse(404, "campaign_not_found");
        await PushAsync(one);
        Assert.Empty(await other.Api.AllAsync("clay/rows?status=awaiting", 10));
        // Its row id is another row in the campaign of another token.
        var theirs = webhook.RowIds.Single();
        Assert.Equal(1, (await other.ReturnAsync(new { po_row_id = theirs, email = "x@y-casino.example" })).MustBe(202).Json.Number("accepted"));
        Assert.Empty(await one.Api.AllAsync("clay/rows?status=returned", 10));
    }

    [Fact]
    public async Task Bad_input_wrong_scopes_and_addresses_of_our_own_network_are_refused()
    {
        var side = await ClaySide.NewAsync(platform);
        var id = side.CampaignId;

        (await side.Api.PostAsync("clay/push", new { campaignId = id })).MustRefuse(409, "clay_not_connected");
        (await side.Api.PostAsync("clay/rows/push-again")).MustRefuse(409, "clay_not_connected");
        (await side.Api.PostAsync("clay/push", new { })).MustRefuse(400, "validation_failed");
        (await side.Api.PostAsync("clay/push", new { campaignId = id, tier = "E" })).MustRefuse(400, "validation_failed");
        (await side.Api.PostAsync("clay/push", new { campaignId = id, teir = "A" })).MustRefuse(400, "validation_failed");
        (await side.Api.PostAsync("clay/rows/push-again", new { poRowIds = Array.Empty<string>() })).MustRefuse(400, "validation_failed");
        (await side.Api.GetAsync("clay/rows?status=lost")).MustRefuse(400, "validation_failed");
        (await side.Api.PostAsync("clay/setup-tables", new { })).MustRefuse(400, "validation_failed");
        (await side.Api.PostAsync("clay/setup-tables", new { industry = "no such" })).MustRefuse(400, "industry_unknown");
        foreach (var url in new[] { "http://127.0.0.1:1/x", "http://169.254.169.254/latest", "http://[::1]/", "http://10.0.0.1/", "http://[::ffff:127.0.0.1]/" })
            (await side.Api.PutAsync("clay/connection", new { webhookUrl = url, authToken = "t", campaignId = id })).MustRefuse(400, "url_not_allowed");
        foreach (var url in new[] { "ftp://x.example/", "http://u:p@x.example/", "x" })
            (await side.Api.PutAsync("clay/connection", new { webhookUrl = url, authToken = "t", campaignId = id })).MustRefuse(400, "url_invalid");
        (await side.Api.PutAsync("clay/connection", new { webhookUrl = "https://x.example/", authToken = "a\r\nb: c", campaignId = id })).MustRefuse(400, "validation_failed");

        var reader = platform.With((await side.Api.NewKeyAsync(["clay:read"])).Text("key"));
        (await reader.GetAsync("clay/rows?status=overdue")).MustBe(200);
        (await reader.PostAsync("clay/push", new { campaignId = id })).MustRefuse(403, "scope_missing");
        (await reader.PostAsync("clay/setup-tables", new { industry = "casino" })).MustRefuse(403, "scope_missing");
        (await platform.With((await side.Api.NewKeyAsync(["campaigns:write"])).Text("key")).GetAsync("clay/connection")).MustRefuse(403, "scope_missing");
        (await platform.With(null).GetAsync("clay/connection")).MustRefuse(401, "api_key_missing");
    }

    [Fact]
    public async Task Token_of_the_connection_is_never_shown_and_stays_where_the_address_does()
    {
        var side = await ClaySide.NewAsync(platform, people: 1, tag: "shown");
        var webhook = await side.ConnectAsync();

        var shown = (await side.Api.PutAsync("clay/connection", new { webhookUrl = webhook.Url, campaignId = side.CampaignId })).MustBe(200);

        Assert.DoesNotContain(webhook.Token!, shown.Text + (await side.Api.GetAsync("clay/connection")).Text, StringComparison.Ordinal);
        Assert.True((bool)shown.Json!["hasAuthToken"]!);
        Assert.Equal(1, (await PushAsync(side)).Number("counts.delivered"));
    }

    internal static async Task<JsonNode> PushAsync(ClaySide side, string? tier = null)
    {
        var started = (await side.Api.PostAsync("clay/push", new { campaignId = side.CampaignId, tier })).MustBe(202);
        Assert.Equal($"/api/workflows/{started.Json.Text("workflowId")}", started.Json.Text("statusUrl"));
        return await side.Api.EndAsync(started.Json.Text("workflowId")!);
    }

    private static async Task<long> Numbers(ClaySide side, string name) => (await side.ConnectionAsync()).Number(name);

    private async Task WaitAsync<T>(ClaySide side, Func<Task<T>> read, Func<T, bool> condition)
    {
        var started = System.Diagnostics.Stopwatch.StartNew();
        while (!condition(await read()))
        {
            Assert.True(started.Elapsed < Patience.Usual, $"{(await side.ConnectionAsync()).ToJsonString()}{Environment.NewLine}{platform.Log.Tail()}");
            await Task.Delay(100);
        }
    }
}
