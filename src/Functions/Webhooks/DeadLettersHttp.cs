using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Ids;
using ProspectOps.Webhooks;

namespace ProspectOps.Functions.Webhooks;

public sealed class DeadLettersHttp(DeadLetterReader letters, DeadLetterRetries retries, DeliveryReopening reopening, EndpointWorkHandler work, EndpointStore endpoints, Paging paging, IdSource ids)
{
    [Function("ListDeadLetters")]
    [Requires("webhooks:read")]
    [Operation("Lists deliveries that were given up, by endpoint, newest first.")]
    [Parameter("endpointId", "Those to one endpoint.")]
    [Parameter("clusterId", "Those of one cluster.")]
    [Parameter("eventType", "Those of one type.")]
    [Parameter("status", "Those answered with one status.", Type = typeof(int))]
    [Parameter("search", "Those that hold this text in an id, the cause or the answer.")]
    [Paged]
    [Answers(200, typeof(PageView<DeadLetter>))]
    [Refuses("endpoint_not_found")]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "webhooks/dead-letters")] HttpRequest request, CancellationToken cancellationToken)
    {
        var filter = await FilterAsync(request, cancellationToken);
        var list = $"webhooks/dead-letters?{filter}";
        var (limit, after) = paging.Read(request, list);
        var (items, next) = await letters.ListAsync(request.Tenant(), filter, after, limit, cancellationToken);
        return paging.Reply(request, list, items, next);
    }

    [Function("PurgeDeadLetters")]
    [Requires("webhooks:write")]
    [Operation("Deletes dead letters: all, or those that a filter names.")]
    [Parameter("endpointId", "Those to one endpoint.")]
    [Parameter("clusterId", "Those of one cluster.")]
    [Parameter("eventType", "Those of one type.")]
    [Parameter("status", "Those answered with one status.", Type = typeof(int))]
    [Parameter("search", "Those that hold this text in an id, the cause or the answer.")]
    [Answers(200, typeof(PurgedView))]
    [Refuses("endpoint_not_found")]
    public async Task<IResult> PurgeAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "webhooks/dead-letters")] HttpRequest request, CancellationToken cancellationToken) =>
        Replies.Ok(new PurgedView(await letters.PurgeAsync(request.Tenant(), await FilterAsync(request, cancellationToken), cancellationToken)));

    [Function("DeleteDeadLetter")]
    [Requires("webhooks:write")]
    [Operation("Deletes a dead letter.")]
    [Answers(204)]
    [Refuses("dead_letter_not_found")]
    public async Task<IResult> DeleteAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "webhooks/dead-letters/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        await letters.DeleteAsync(request.Tenant(), id, cancellationToken);
        return Results.NoContent();
    }

    [Function("RetryDeadLetter")]
    [Requires("webhooks:write")]
    [Operation("Sends a dead letter again.")]
    [Answers(202, typeof(DeliveryRetryView))]
    [Refuses("dead_letter_not_found", "dead_letter_unreadable", "endpoint_not_found", "delivery_busy", "endpoint_disabled")]
    public async Task<IResult> RetryAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/dead-letters/{id}/retry")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var letter = await letters.GetAsync(request.Tenant(), id, cancellationToken);
        if (letter is not { EndpointId: { } endpointId, Batch: { } batch })
            throw new DomainException(WebhookErrors.DeadLetterUnreadable);
        await reopening.ReopenSoonAsync(request.Tenant(), endpointId, batch, [letter.Index], null, cancellationToken);
        var view = DeliveryRetryView.Of(id);
        return Replies.Accepted(view.StatusUrl, view);
    }

    [Function("RetryAllDeadLetters")]
    [Requires("webhooks:write")]
    [Operation("Sends all dead letters again, of one endpoint or of all.")]
    [Takes(typeof(RetryAllRequest), Example = "{}", IsOptional = true)]
    [Answers(202, typeof(RetryAllView))]
    [Refuses("endpoint_not_found", "endpoint_disabled")]
    public async Task<IResult> RetryAllAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/dead-letters/retry-all")] HttpRequest request, CancellationToken cancellationToken)
    {
        var endpointId = (await JsonBody.ReadOrEmptyAsync<RetryAllRequest>(request, cancellationToken)).Value.EndpointId;
        if (endpointId is not null)
            await endpoints.RequireEnabledAsync(request.Tenant(), endpointId, cancellationToken);
        var count = await letters.CountAsync(request.Tenant(), new DeadLetterFilter(endpointId), cancellationToken);
        await work.RetryLaterAsync(request.Tenant(), endpointId, cancellationToken);
        return Replies.Accepted("/api/webhooks/dead-letters", new RetryAllView(count, "/api/webhooks/dead-letters"));
    }

    [Function("ListDeadLetterClusters")]
    [Requires("webhooks:read")]
    [Operation("Lists what deliveries died of: endpoint, status and answer, the most frequent first.")]
    [Paged]
    [Answers(200, typeof(PageView<DeadLetterCluster>))]
    public async Task<IResult> ClustersAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "webhooks/dead-letters/clusters")] HttpRequest request, CancellationToken cancellationToken) =>
        paging.ReplyPart(
            request, "webhooks/dead-letters/clusters", await letters.ClustersAsync(request.Tenant(), cancellationToken),
            cluster => string.Create(CultureInfo.InvariantCulture, $"{int.MaxValue - cluster.Count:D10}{cluster.ClusterId}"));

    [Function("RetryDeadLetterCluster")]
    [Requires("webhooks:write")]
    [Operation("Sends the dead letters of one cause again.", Description = "One first; when that is delivered the rest follows, batch by batch. A failure stops it.")]
    [Answers(202, typeof(ClusterRetryView))]
    [Refuses("cluster_not_found", "endpoint_not_found", "delivery_busy", "endpoint_disabled")]
    public async Task<IResult> RetryClusterAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/dead-letters/clusters/{id}/retry")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var retry = await retries.StartAsync(request.Tenant(), id, ids.NewSuffix(), cancellationToken) ?? throw new DomainException(WebhookErrors.ClusterNotFound);
        var canary = DeliveryBatch.DeliveryIdOf(retry.EndpointId, retry.Batch, retry.Indices[0]);
        var statusUrl = $"/api/webhooks/deliveries/{canary}";
        return Replies.Accepted(statusUrl, new ClusterRetryView(retry.RetryId, retry.ClusterId, retry.Status, canary, statusUrl));
    }

    private async Task<DeadLetterFilter> FilterAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var endpointId = DeliveriesHttp.Given(request, "endpointId");
        if (endpointId is not null && !IdSource.IsWellFormed(endpointId, "whe"))
            await endpoints.RequireAsync(request.Tenant(), endpointId, cancellationToken);
        int? status = null;
        if (DeliveriesHttp.Given(request, "status") is { } text)
            status = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : throw new DomainException(ApiErrors.QueryInvalid("status", "must be an HTTP status"));
        return new DeadLetterFilter(endpointId, DeliveriesHttp.Given(request, "clusterId"), DeliveriesHttp.Given(request, "eventType"), status, DeliveriesHttp.Given(request, "search"));
    }
}
