using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Idempotency;
using ProspectOps.Webhooks;

namespace ProspectOps.Functions.Webhooks;

/// <summary>When an endpoint is called: replays, the schedule, and when not.</summary>
public sealed class EndpointTimesHttp(ReplayService replays, DeliverySchedulePreview preview, EndpointService service, EndpointStore endpoints, Creations creations, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    [Function("ReplayWebhookEvents")]
    [Requires("webhooks:write")]
    [Operation("Sends an endpoint all events since a time once more.", Description = "Marked by the header `webhook-replay: true` and under the ids that they had; those too that the endpoint missed. `dryRun` only counts.")]
    [Takes(typeof(ReplayRequest), Example = """{"since": "2026-11-20T00:00:00Z", "dryRun": true}""")]
    [Idempotent]
    [Answers(200, typeof(ReplayView), When = "dryRun")]
    [Answers(202, typeof(ReplayView), When = "it is sent")]
    [Refuses("endpoint_not_found", "endpoint_disabled")]
    public async Task<IResult> ReplayAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/endpoints/{id}/replay")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<ReplayRequest>(request, JsonBody.UsualLimit, cancellationToken);
        await endpoints.RequireAsync(request.Tenant(), id, cancellationToken);
        var now = clock.GetUtcNow();
        var errors = new FieldErrors();
        errors.Require(body.Value.Since is { } given && given <= now && given > now - Longest, "since", $"must be a time of the last {Longest.TotalDays} days");
        errors.ThrowIfAny();
        var (since, isDryRun) = (body.Value.Since!.Value, body.Value.DryRun ?? false);
        if (isDryRun)
            return Replies.Ok(ReplayView.Of(await replays.StartAsync(request.Tenant(), id, since, isDryRun: true, "", cancellationToken), null));
        var statusUrl = $"/api/webhooks/deliveries?endpointId={id}";
        return await creations.OnceAsync(request, $"webhooks/endpoints/{id}/replay", body, async seed =>
            new IdempotentReply(202, statusUrl, Replies.Text(ReplayView.Of(await replays.StartAsync(request.Tenant(), id, since, isDryRun: false, seed, cancellationToken), statusUrl))), cancellationToken);
    }

    [Function("PreviewWebhookSchedule")]
    [Requires("webhooks:read")]
    [Operation("Says what would be attempted when.")]
    [Parameter("from", "When the event happens; now where it is missing.", Type = typeof(DateTimeOffset))]
    [Answers(200, typeof(DeliveryScheduleView))]
    [Refuses("endpoint_not_found")]
    public async Task<IResult> ScheduleAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "webhooks/endpoints/{id}/schedule")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        Replies.Ok(await preview.GetAsync(request.Tenant(), id, request.TimeOf("from"), cancellationToken));

    [Function("GetMaintenanceWindows")]
    [Requires("webhooks:read")]
    [Operation("Shows when an endpoint is not called.")]
    [Answers(200, typeof(MaintenanceWindowsBody))]
    [Refuses("endpoint_not_found")]
    public async Task<IResult> WindowsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "webhooks/endpoints/{id}/maintenance-windows")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        Replies.Ok(new MaintenanceWindowsBody((await endpoints.RequireAsync(request.Tenant(), id, cancellationToken)).MaintenanceWindows));

    [Function("SetMaintenanceWindows")]
    [Requires("webhooks:write")]
    [Operation("Says when an endpoint is not to be called.", Description = "Once, `startsAt` to `endsAt`; or weekly, from a time of day for some minutes, on some days of a time zone. Attempts move to the end of the window.")]
    [Takes(typeof(MaintenanceWindowsBody), Example = """{"windows": [{"days": ["sunday"], "from": "02:00", "minutes": 120, "timeZone": "Europe/Malta"}]}""")]
    [Answers(200, typeof(MaintenanceWindowsBody))]
    [Refuses("endpoint_not_found")]
    public async Task<IResult> SetWindowsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "webhooks/endpoints/{id}/maintenance-windows")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var body = (await JsonBody.ReadAsync<MaintenanceWindowsBody>(request, JsonBody.UsualLimit, cancellationToken)).Value;
        await endpoints.RequireAsync(request.Tenant(), id, cancellationToken);
        return Replies.Ok(new MaintenanceWindowsBody((await service.SetWindowsAsync(request.Tenant(), id, body.Windows, cancellationToken)).MaintenanceWindows));
    }
}
