using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Clay;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Idempotency;

namespace ProspectOps.Functions.Clay;

/// <summary>Sets a Clay table up, and shows how far it is.</summary>
public sealed class ClaySetupHttp(ClaySetup setup, ClayConnections connections, Creations creations, Paging paging)
{
    private const string ConnectionExample = """{"webhookUrl":"https://api.clay.com/v3/sources/webhook/pull-in-data-from-a-webhook-1","authToken":"as-clay-showed-it","campaignId":"cmp_06gzwgayc84pr5krffe7mp9a10"}""";

    [Function("SetupClayTables")]
    [Requires("clay:write")]
    [Operation("Answers what a person needs to make a campaign's tables in Clay, whose own API cannot.", Description = "Without a campaign it makes one named `Clay <industry>`. The token is shown once; the one before works for 24 more hours.")]
    [Takes(typeof(SetupTablesRequest))]
    [Idempotent]
    [Answers(200, typeof(ClayBlueprint))]
    [Refuses("industry_unknown", "campaign_not_found")]
    public async Task<IResult> SetupAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "clay/setup-tables")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<SetupTablesRequest>(request, JsonBody.UsualLimit, cancellationToken);
        return await creations.OnceAsync(request, "clay/setup-tables", body, async seed =>
        {
            var askedAt = new Uri($"{request.Scheme}://{request.Host}");
            return new IdempotentReply(200, null, Replies.Text(await setup.RunAsync(request.Tenant(), body.Value.CampaignId, body.Value.Industry, askedAt, seed, cancellationToken)));
        }, cancellationToken);
    }

    [Function("GetClayConnection")]
    [Requires("clay:read")]
    [Operation("Shows where a campaign's people are sent, and how many were.")]
    [Parameter("campaignId", "The campaign; left out, the one last connected.")]
    [Answers(200, typeof(ClayConnectionView))]
    [Refuses("campaign_not_found", "clay_connection_not_found")]
    public async Task<IResult> ConnectionAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "clay/connection")] HttpRequest request, CancellationToken cancellationToken) =>
        Replies.Ok(await connections.GetAsync(request.Tenant(), request.TextOf("campaignId"), cancellationToken));

    [Function("PutClayConnection")]
    [Requires("clay:write")]
    [Operation("Sets where a campaign's people are sent.", Description = "Without a token the one before stays, where the address does.")]
    [Takes(typeof(ClayConnectionRequest), Example = ConnectionExample)]
    [Answers(200, typeof(ClayConnectionView))]
    [Refuses("campaign_not_found", "url_invalid", "url_not_allowed")]
    public async Task<IResult> ConnectAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "clay/connection")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = (await JsonBody.ReadAsync<ClayConnectionRequest>(request, JsonBody.UsualLimit, cancellationToken)).Value;
        return Replies.Ok(await connections.PutAsync(request.Tenant(), body.WebhookUrl, body.AuthToken, body.CampaignId, cancellationToken));
    }

    [Function("ListClayRows")]
    [Requires("clay:read")]
    [Operation("Lists rows that were sent to Clay: open ones by when they are due, the others newest first.")]
    [Parameter("status", "Where they are; left out, anywhere.", OneOf = ["overdue", "awaiting", "returned", "failed"])]
    [Parameter("campaignId", "Of this campaign alone.")]
    [Paged]
    [Answers(200, typeof(PageView<ClayRowView>))]
    [Refuses("campaign_not_found")]
    public async Task<IResult> RowsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "clay/rows")] HttpRequest request, CancellationToken cancellationToken)
    {
        ClayRowStatus? status = request.Query["status"].ToString() switch
        {
            "" => null,
            "awaiting" => ClayRowStatus.Awaiting,
            "overdue" => ClayRowStatus.Overdue,
            "returned" => ClayRowStatus.Returned,
            "failed" => ClayRowStatus.Failed,
            _ => throw new DomainException(ApiErrors.QueryInvalid("status", "must be overdue, awaiting, returned or failed")),
        };
        var campaignId = request.TextOf("campaignId");
        var list = $"clay/rows?{status}&{campaignId}";
        var (limit, after) = paging.Read(request, list);
        var page = await connections.RowsAsync(request.Tenant(), status, campaignId, after, limit + 1, cancellationToken);
        return paging.Reply(request, list, [.. page.Take(limit).Select(item => item.Row)], page.Count > limit ? page[limit - 1].Position : null);
    }

}
