using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Campaigns;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Idempotency;
using ProspectOps.Webhooks;

namespace ProspectOps.Functions.Webhooks;

public sealed class EndpointsHttp(EndpointService service, EndpointStore endpoints, CampaignReader campaigns, Creations creations, Paging paging)
{
    private const string List = "webhooks/endpoints";
    private const int UsualGraceHours = 24;

    [Function("CreateWebhookEndpoint")]
    [Requires("webhooks:write")]
    [Operation("Makes an endpoint, and posts a signed challenge to it.", Description = "Any 2xx to `endpoint.challenge` verifies it; events meanwhile wait. The secret is shown once. With `signing: ed25519` there is a `publicKey` (`whpk_…`) instead, which the receiver verifies with.")]
    [Takes(typeof(EndpointRequest), Example = """{"url": "https://hooks.example.com/prospectops", "events": ["prospect.ready", "campaign.completed"], "description": "CRM"}""")]
    [Idempotent]
    [Answers(201, typeof(EndpointView))]
    [Refuses("url_invalid", "url_not_allowed", "campaign_not_found")]
    public async Task<IResult> CreateAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/endpoints")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<EndpointRequest>(request, JsonBody.UsualLimit, cancellationToken);
        var settings = new EndpointChange
        {
            Url = body.Value.Url,
            Events = body.Value.Events,
            Description = body.Value.Description,
            Headers = body.Value.Headers,
            CampaignId = body.Value.CampaignId,
            RatePerSecond = body.Value.RatePerSecond,
            Signing = body.Value.Signing,
        };
        EndpointCheck.Check(settings, isNew: true);
        if (settings.CampaignId is { } campaignId)
            await campaigns.GetAsync(request.Tenant(), campaignId, cancellationToken);
        return await creations.OnceAsync(request, "webhooks/endpoints", body, async seed =>
        {
            var endpoint = await service.CreateAsync(request.Tenant(), settings, seed, cancellationToken);
            return new IdempotentReply(201, $"/api/webhooks/endpoints/{endpoint.EndpointId}", Replies.Text(EndpointView.WithSecret(endpoint)));
        }, cancellationToken);
    }

    [Function("ListWebhookEndpoints")]
    [Requires("webhooks:read")]
    [Operation("Lists endpoints, oldest first.")]
    [Paged]
    [Answers(200, typeof(PageView<EndpointView>))]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "webhooks/endpoints")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (limit, after) = paging.Read(request, List);
        var found = await endpoints.ListAsync(request.Tenant(), after, limit + 1, cancellationToken);
        return paging.Reply(request, List, [.. found.Take(limit).Select(EndpointView.Of)], found.Count > limit ? found[limit - 1].EndpointId : null);
    }

    [Function("GetWebhookEndpoint")]
    [Requires("webhooks:read")]
    [Operation("Shows an endpoint.")]
    [Answers(200, typeof(EndpointView))]
    [Refuses("endpoint_not_found")]
    public async Task<IResult> GetAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "webhooks/endpoints/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        Replies.Ok(EndpointView.Of(await endpoints.RequireAsync(request.Tenant(), id, cancellationToken)));

    [Function("ChangeWebhookEndpoint")]
    [Requires("webhooks:write")]
    [Operation("Changes an endpoint.", Description = "What is left out stays as it is. A URL with another host is challenged as a new endpoint is. `status: disabled` stops it, `active` starts it again.")]
    [Takes(typeof(EndpointPatch), Example = """{"events": ["*"], "ratePerSecond": 10}""")]
    [Answers(200, typeof(EndpointView))]
    [Refuses("endpoint_not_found", "url_invalid", "url_not_allowed", "campaign_not_found")]
    public async Task<IResult> ChangeAsync([HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "webhooks/endpoints/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var body = (await JsonBody.ReadAsync<EndpointPatch>(request, JsonBody.UsualLimit, cancellationToken)).Value;
        await endpoints.RequireAsync(request.Tenant(), id, cancellationToken);
        var change = new EndpointChange
        {
            Url = body.Url,
            Events = body.Events,
            Description = body.Description,
            Headers = body.Headers,
            CampaignId = body.CampaignId,
            RatePerSecond = body.RatePerSecond,
            Status = body.Status,
        };
        EndpointCheck.Check(change, isNew: false);
        if (change.CampaignId is { } campaignId)
            await campaigns.GetAsync(request.Tenant(), campaignId, cancellationToken);
        return Replies.Ok(EndpointView.Of(await service.ChangeAsync(request.Tenant(), id, change, cancellationToken)));
    }

    [Function("DeleteWebhookEndpoint")]
    [Requires("webhooks:write")]
    [Operation("Deletes an endpoint.", Description = "What is still to be delivered there ends as dead, `the endpoint was deleted`, without a dead letter.")]
    [Answers(204)]
    [Refuses("endpoint_not_found")]
    public async Task<IResult> DeleteAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "webhooks/endpoints/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        await service.DeleteAsync(request.Tenant(), id, cancellationToken);
        return Results.NoContent();
    }

    [Function("RotateWebhookSecret")]
    [Requires("webhooks:write")]
    [Operation("Gives an endpoint a new secret; both sign until the grace is over.")]
    [Takes(typeof(RotateSecretRequest), Example = """{"graceHours": 24}""", IsOptional = true)]
    [Answers(200, typeof(EndpointView))]
    [Refuses("endpoint_not_found")]
    public async Task<IResult> RotateAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/endpoints/{id}/rotate-secret")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadOrEmptyAsync<RotateSecretRequest>(request, cancellationToken);
        var hours = body.Value.GraceHours ?? UsualGraceHours;
        var errors = new FieldErrors();
        errors.Require(hours is >= 0 and <= 168, "graceHours", "must be 0 to 168");
        errors.ThrowIfAny();
        return Replies.Ok(EndpointView.WithSecret(await service.RotateAsync(request.Tenant(), id, TimeSpan.FromHours(hours), cancellationToken)));
    }

    [Function("TestWebhookEndpoint")]
    [Requires("webhooks:write")]
    [Operation("Posts `endpoint.test` and answers what came back.")]
    [Answers(200, typeof(TestView))]
    [Refuses("endpoint_not_found")]
    public async Task<IResult> TestAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/endpoints/{id}/test")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var (eventId, result) = await service.TestAsync(request.Tenant(), id, cancellationToken);
        return Replies.Ok(new TestView(eventId, EventTypes.EndpointTest, result.IsSuccess, result.At, result.Status, Math.Round(result.LatencyMs, 1), result.Answer, result.Failure));
    }

    [Function("EnableWebhookEndpoint")]
    [Requires("webhooks:write")]
    [Operation("Starts an endpoint again.", Description = "One that was verified is active at once; any other is challenged again.")]
    [Answers(200, typeof(EndpointView))]
    [Refuses("endpoint_not_found")]
    public async Task<IResult> EnableAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/endpoints/{id}/enable")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        Replies.Ok(EndpointView.Of(await service.EnableAsync(request.Tenant(), id, cancellationToken)));

    [Function("ListWebhookEventTypes")]
    [Requires("webhooks:read")]
    [Operation("Lists the types of events, each with a schema and an example.")]
    [Paged]
    [Answers(200, typeof(PageView<EventTypeView>))]
    public IResult ListEventTypes([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "webhooks/event-types")] HttpRequest request) =>
        paging.ReplyPart(request, "webhooks/event-types", EventCatalog.All.OrderBy(one => one.Type, StringComparer.Ordinal), one => one.Type);
}
