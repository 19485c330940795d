using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Ids;
using ProspectOps.Webhooks;

namespace ProspectOps.Functions.Webhooks;

public sealed class DeadLettersHttp(DeadLetterReader letters, DeadLetterRetries retries, DeliveryReopening reopening, EndpointWorkHandler work, EndpointStore endpoints, Paging paging, IdSource ids)
{
    [Function("ListDeadLetters")]
    [Requires("webhooks:read")]
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
    public async Task<IResult> PurgeAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "webhooks/dead-letters")] HttpRequest request, CancellationToken cancellationToken) =>
        Replies.Ok(new { deleted = await letters.PurgeAsync(request.Tenant(), await FilterAsync(request, cancellationToken), cancellationToken) });

    [Function("DeleteDeadLetter")]
    [Requires("webhooks:write")]
    public async Task<IResult> DeleteAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "webhooks/dead-letters/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        await letters.DeleteAsync(request.Tenant(), id, cancellationToken);
        return Results.NoContent();
    }

    [Function("RetryDeadLetter")]
    [Requires("webhooks:write")]
    public async Task<IResult> RetryAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/dead-letters/{id}/retry")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var letter = await letters.GetAsync(request.Tenant(), id, cancellationToken);
        if (letter is not { EndpointId: { } endpointId, Batch: { } batch })
            throw new DomainException(WebhookErrors.DeadLetterUnreadable);
        await reopening.ReopenAsync(request.Tenant(), endpointId, batch, [letter.Index], null, cancellationToken);
        var statusUrl = $"/api/webhooks/deliveries/{id}";
        return Replies.Accepted(statusUrl, new { deliveryId = id, statusUrl });
    }

    [Function("RetryAllDeadLetters")]
    [Requires("webhooks:write")]
    public async Task<IResult> RetryAllAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/dead-letters/retry-all")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadOptionalAsync<RetryAllRequest>(request, cancellationToken);
        if (body?.EndpointId is { } endpointId)
            await endpoints.RequireEnabledAsync(request.Tenant(), endpointId, cancellationToken);
        var count = await letters.CountAsync(request.Tenant(), new DeadLetterFilter(body?.EndpointId), cancellationToken);
        await work.RetryLaterAsync(request.Tenant(), body?.EndpointId, cancellationToken);
        return Replies.Accepted("/api/webhooks/dead-letters", new { retrying = count, statusUrl = "/api/webhooks/dead-letters" });
    }

    [Function("ListDeadLetterClusters")]
    [Requires("webhooks:read")]
    public async Task<IResult> ClustersAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "webhooks/dead-letters/clusters")] HttpRequest request, CancellationToken cancellationToken) =>
        Replies.Ok(new PageView<DeadLetterCluster>(await letters.ClustersAsync(request.Tenant(), cancellationToken), null));

    [Function("RetryDeadLetterCluster")]
    [Requires("webhooks:write")]
    public async Task<IResult> RetryClusterAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/dead-letters/clusters/{id}/retry")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var retry = await retries.StartAsync(request.Tenant(), id, ids.NewSuffix(), cancellationToken) ?? throw new DomainException(WebhookErrors.ClusterNotFound);
        var canary = DeliveryBatch.DeliveryIdOf(retry.EndpointId, retry.Batch, retry.Indices[0]);
        var statusUrl = $"/api/webhooks/deliveries/{canary}";
        return Replies.Accepted(statusUrl, new { retry.RetryId, retry.ClusterId, retry.Status, canaryDeliveryId = canary, statusUrl });
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
