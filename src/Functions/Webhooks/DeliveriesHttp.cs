using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Webhooks;

namespace ProspectOps.Functions.Webhooks;

public sealed class DeliveriesHttp(DeliveryReader reader, DeliveryReopening reopening, EndpointStore endpoints, Paging paging)
{
    private static readonly string[] Statuses = ["pending", "delivered", "retrying", "dead", "canceled"];

    [Function("ListWebhookDeliveries")]
    [Requires("webhooks:read")]
    [Operation("Lists deliveries, newest first.", Description = "A page may hold fewer than `limit` and still have a next one.")]
    [Parameter("endpointId", "Those to one endpoint.")]
    [Parameter("status", "Those in one status.", OneOf = ["pending", "delivered", "retrying", "dead", "canceled"])]
    [Paged]
    [Answers(200, typeof(PageView<DeliveryView>))]
    [Refuses("endpoint_not_found")]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "webhooks/deliveries")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (endpointId, status) = (Given(request, "endpointId"), Given(request, "status"));
        if (status is not null && !Statuses.Contains(status))
            throw new DomainException(ApiErrors.QueryInvalid("status", $"must be one of {string.Join(", ", Statuses)}"));
        if (endpointId is not null)
            await endpoints.RequireAsync(request.Tenant(), endpointId, cancellationToken);
        var list = $"webhooks/deliveries?{endpointId}&{status}";
        var (limit, after) = paging.Read(request, list);
        var (items, next) = await reader.ListAsync(request.Tenant(), endpointId, status, after, limit, cancellationToken);
        return paging.Reply(request, list, items, next);
    }

    [Function("GetWebhookDelivery")]
    [Requires("webhooks:read")]
    [Operation("Shows a delivery, with its body and the last answer.")]
    [Answers(200, typeof(DeliveryView))]
    [Refuses("delivery_not_found")]
    public async Task<IResult> GetAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "webhooks/deliveries/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        Replies.Ok(await reader.GetAsync(request.Tenant(), id, cancellationToken));

    [Function("RetryWebhookDelivery")]
    [Requires("webhooks:write")]
    [Operation("Attempts a delivery now that is dead, canceled or due later.")]
    [Answers(202, typeof(DeliveryRetryView))]
    [Refuses("delivery_not_found", "endpoint_not_found", "already_delivered", "delivery_busy", "endpoint_disabled")]
    public async Task<IResult> RetryAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/deliveries/{id}/retry")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var (batch, index) = await reader.FindAsync(request.Tenant(), id, cancellationToken);
        if (await reopening.ReopenSoonAsync(request.Tenant(), batch.EndpointId, batch.Name, [index], null, cancellationToken) == 0)
            throw new DomainException(WebhookErrors.AlreadyDelivered);
        var view = DeliveryRetryView.Of(id);
        return Replies.Accepted(view.StatusUrl, view);
    }

    internal static string? Given(HttpRequest request, string name) => request.Query[name].ToString() is { Length: > 0 } text ? text : null;
}
