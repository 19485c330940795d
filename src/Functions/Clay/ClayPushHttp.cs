using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using ProspectOps.Clay;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Pipeline;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Idempotency;

namespace ProspectOps.Functions.Clay;

/// <summary>Sends people to a Clay table.</summary>
public sealed class ClayPushHttp(ClayPushes pushes, Creations creations)
{
    [Function("PushToClayTable")]
    [Requires("clay:write")]
    [Operation("Starts to send a campaign's people to its Clay table: those who were not sent yet, and whose address is not undeliverable.")]
    [Takes(typeof(ClayPushRequest))]
    [Idempotent]
    [Answers(202, typeof(StartedView))]
    [Refuses("campaign_not_found", "clay_not_connected", "clay_limit_reached")]
    public async Task<IResult> PushAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "clay/push")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<ClayPushRequest>(request, JsonBody.UsualLimit, cancellationToken);
        return await creations.OnceAsync(request, "clay/push", body, async seed =>
            Started(await pushes.StartAsync(request.Tenant(), body.Value.CampaignId, body.Value.Tier, seed, new DurableWorkflowClient(client), cancellationToken)), cancellationToken);
    }

    [Function("PushToClayTableAgain")]
    [Requires("clay:write")]
    [Operation("Starts to send rows once more that never came back.", Description = "Without a body: all that are overdue, of the campaign last connected.")]
    [Takes(typeof(ClayPushAgainRequest), IsOptional = true)]
    [Idempotent]
    [Answers(202, typeof(StartedView))]
    [Refuses("campaign_not_found", "clay_not_connected", "clay_limit_reached")]
    public async Task<IResult> PushAgainAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "clay/rows/push-again")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadOrEmptyAsync<ClayPushAgainRequest>(request, cancellationToken);
        return await creations.OnceAsync(request, "clay/rows/push-again", body, async seed =>
            Started(await pushes.StartAgainAsync(request.Tenant(), body.Value.CampaignId, body.Value.PoRowIds, seed, new DurableWorkflowClient(client), cancellationToken)), cancellationToken);
    }

    private static IdempotentReply Started(string workflowId)
    {
        var started = StartedView.Of(workflowId);
        return new IdempotentReply(202, started.StatusUrl, Replies.Text(started));
    }
}
