using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;

namespace ProspectOps.EndToEnd.Tests.Clay;

/// <summary>The end of a webhook's life, and the end of our process.</summary>
public sealed class ClayLimitsTests
{
    private const int Kills = 3;

    // PushSending.RowsInSlice: what is posted before it is recorded.
    private const int RowsInSlice = 10;

    [Fact]
    public async Task Push_killed_again_and_again_sends_every_row_and_repeats_a_slice_a_kill_at_most()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        var side = await ClaySide.NewAsync(platform, people: 60);
        var webhook = await side.ConnectAsync();
        webhook.Pause = _ => Task.Delay(30);
        var workflowId = (await side.Api.PostAsync("clay/push", new { campaignId = side.CampaignId })).MustBe(202).Json.Text("workflowId")!;

        for (var kill = 1; kill <= Kills; kill++)
        {
            var target = kill * 13;
            await Eventually.IsTrueAsync(() => webhook.Submissions >= target, platform.Log);
            await platform.App.KillHardAsync();
            await platform.App.DisposeAsync();
            await platform.StartAppAsync();
        }
        var pushed = await side.Api.EndAsync(workflowId);

        Assert.Equal(("Completed", 60L, 0L), (pushed.Text("status"), pushed.Number("counts.delivered"), pushed.Number("counts.failed")));
        Assert.Equal(60, webhook.RowIds.Distinct().Count());
        Assert.InRange(webhook.Submissions, 60, 60 + Kills * RowsInSlice);
        Assert.Empty(webhook.Faults);
        // It never counts fewer than Clay does.
        Assert.InRange((await side.ConnectionAsync()).Number("sent"), webhook.Submissions, 60 + Kills * RowsInSlice * 2);
        Assert.Equal(60, (await side.Api.AllAsync("clay/rows?status=awaiting", 200)).Count);
    }

    [Fact]
    public async Task Webhook_near_the_end_of_its_life_is_warned_of_and_at_its_end_refused()
    {
        await using var platform = new Platform();
        platform.Settings["Clay__LifetimeLimit"] = "20";
        await platform.InitializeAsync();
        var inbox = platform.Sink.Open();
        var side = await ClaySide.NewAsync(platform, people: 25, deliverTo: inbox.DeliverTo);
        var webhook = await side.ConnectAsync();
        webhook.Life = 20;

        var pushed = await ClayPushTests.PushAsync(side);

        Assert.Equal(("Failed", 20L, 5L), (pushed.Text("status"), pushed.Number("counts.delivered"), pushed.Number("counts.failed")));
        Assert.Contains("20 rows of its life", pushed.Text("error"), StringComparison.Ordinal);
        Assert.Equal((20, 20), (webhook.Submissions, webhook.Rows.Count));
        (await side.Api.PostAsync("clay/push", new { campaignId = side.CampaignId })).MustRefuse(409, "clay_limit_reached");

        await Eventually.IsTrueAsync(() => inbox.Received.Any(one => one.Type == "clay.limit_warning" && one.Body.Number("data.percent") == 90), platform.Log);
        Assert.Empty(inbox.Faults);
        var warnings = inbox.Received.Where(one => one.Type == "clay.limit_warning").DistinctBy(one => one.Id).ToArray();
        Assert.All(warnings, one => Assert.Equal((side.CampaignId, 20L), (one.Body.Text("data.campaignId"), one.Body.Number("data.lifetimeLimit"))));
        Assert.Equal(warnings.Length, warnings.DistinctBy(one => one.Body.Number("data.percent")).Count());

        // A new source in the same table takes the rest, and no more.
        var next = await side.ConnectAsync(webhook.Workspace);
        Assert.Equal((5L, 20L), (await ClayPushTests.PushAsync(side) is var rest ? rest.Number("counts.delivered") : 0, rest.Number("counts.duplicates")));
        Assert.Empty(webhook.RowIds.Intersect(next.RowIds));
    }
}
