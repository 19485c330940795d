using System.Text.Json.Nodes;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;
using ProspectOps.EndToEnd.Tests.Sinks;

namespace ProspectOps.EndToEnd.Tests;

/// <summary>What becomes of an event that its receiver does not take at once.</summary>
public sealed class RetriesTests(Platform platform)
{
    private const int People = 8;

    private readonly ApiClient _api = platform.Operator;

    [Fact]
    public async Task Event_that_is_refused_for_now_comes_again_under_the_same_id()
    {
        var inbox = platform.Sink.Open();
        inbox.Answer = (type, nth) => type == "prospect.ready" && nth <= 2 ? new SinkAnswer(503) : SinkAnswer.Ok;

        var ended = await DeliverAsync("later", inbox);

        Assert.Equal("Completed", ended.Text("status"));
        await DeliveriesAsync(ended, workflow => workflow.Number("deliveries.retrying") == 0 && workflow.Number("deliveries.pending") == 0);
        var ready = inbox.Received.Where(one => one.Type == "prospect.ready").GroupBy(one => one.Id).ToArray();
        Assert.Equal(People, ready.Length);
        Assert.All(ready, attempts => Assert.Equal([503, 503, 200], attempts.Select(one => one.Answered)));
        Assert.Empty(inbox.Faults);
    }

    [Fact]
    public async Task Event_that_is_refused_for_good_is_dead_and_not_sent_again()
    {
        var inbox = platform.Sink.Open();
        inbox.Answer = (type, _) => type == "prospect.ready" ? new SinkAnswer(400) : SinkAnswer.Ok;

        var ended = await DeliverAsync("never", inbox);

        Assert.Equal(("Completed", 0), (ended.Text("status"), (int)ended.Number("counts.delivered")));
        var settled = await DeliveriesAsync(ended, workflow => workflow.Number("deliveries.pending") == 0);
        Assert.Equal((People, 0), ((int)settled.Number("deliveries.dead"), (int)settled.Number("deliveries.retrying")));
        Assert.All(inbox.Received, one => Assert.Equal(1, one.Nth));
    }

    [Fact]
    public async Task Event_that_is_never_taken_is_dead_after_its_last_attempt()
    {
        var inbox = platform.Sink.Open();
        inbox.Answer = (type, _) => type == "prospect.ready" ? new SinkAnswer(500) : SinkAnswer.Ok;

        var ended = await DeliverAsync("exhausted", inbox);

        var settled = await DeliveriesAsync(ended, workflow => workflow.Number("deliveries.retrying") == 0 && workflow.Number("deliveries.pending") == 0);
        Assert.Equal(People, (int)settled.Number("deliveries.dead"));
        // The app's settings have three pauses: so four attempts.
        Assert.All(inbox.Received.Where(one => one.Type == "prospect.ready").GroupBy(one => one.Id), attempts => Assert.Equal(4, attempts.Count()));
    }

    private async Task<JsonNode> DeliverAsync(string name, Inbox inbox)
    {
        var options = new { generateFor = Array.Empty<string>(), deliverTo = inbox.DeliverTo };
        var started = await _api.StartAsync(new { name, industry = "casino", prospects = Some.Prospects(People, name), options });
        return await _api.EndAsync(started.Text("workflowId")!);
    }

    private Task<JsonNode> DeliveriesAsync(JsonNode workflow, Func<JsonNode, bool> condition) => _api.UntilAsync(workflow.Text("workflowId")!, condition);
}
