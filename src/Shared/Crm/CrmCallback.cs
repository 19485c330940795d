using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProspectOps.Inbound;
using ProspectOps.Platform.Ids;
using ProspectOps.Tenancy;
using ProspectOps.Validation;
using ProspectOps.Webhooks;

namespace ProspectOps.Crm;

/// <summary>Tells a CRM what became of its upload, and everybody else that it is done. May run twice.</summary>
/// <remarks>
/// The callback is an endpoint that listens for nothing: what is planned for it alone goes the way of every delivery, signed, retried and kept.
/// Results go in parts, so that no body is large; a CRM puts them together by <c>part</c> and <c>parts</c>.
/// </remarks>
public sealed class CrmCallback(
    EndpointStore endpoints, EventStore events, DeliveryScheduler deliveries, EventPublisher publisher, CrmConfigStore configs, ICrmValidation validation, InboundAuthenticator inbound)
{
    private const int ResultsInPart = 500;

    public static string EndpointIdOf(TenantId tenant, CrmUpload upload)
    {
        ArgumentNullException.ThrowIfNull(upload);
        return $"whe_{Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant.Value}|crm|{upload.KeyId}|{upload.CallbackUrl.AbsoluteUri}")), 26)}";
    }

    public async Task TellAsync(TenantId tenant, CrmUpload upload, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upload);
        var endpoint = await endpoints.AddAsync(tenant, new WebhookEndpoint
        {
            EndpointId = EndpointIdOf(tenant, upload),
            Url = upload.CallbackUrl,
            Secret = InboundAuthenticator.WebhookSecretOf(inbound.SecretOf(InboundPurpose.Crm, upload.KeyId)).Text,
            Events = [],
            Description = "Callback of CRM uploads.",
            CreatedAt = upload.FinishedAt!.Value,
        }, cancellationToken);
        await SendPartsAsync(tenant, upload, endpoint.EndpointId, await configs.GetAsync(tenant, cancellationToken), cancellationToken);
        await publisher.PublishAsync(
            new Webhooks.TenantEvent(tenant, EventTypes.CrmUploadCompleted, upload.UploadId, new { upload.UploadId, upload.JobId, upload.Status, upload.Total, upload.ByVerdict, statusUrl = CrmUploads.StatusUrlOf(upload.UploadId) }),
            cancellationToken);
    }

    private async Task SendPartsAsync(TenantId tenant, CrmUpload upload, string endpointId, CrmConfig config, CancellationToken cancellationToken)
    {
        // Counted as they are read: what a job counted may have no result, where a chunk of it is dead.
        long wanted = 0;
        await foreach (var result in validation.ResultsAsync(tenant, upload, cancellationToken))
            wanted += config.Wants(result.Verdict) ? 1 : 0;
        var parts = (int)Math.Max(1, (wanted + ResultsInPart - 1) / ResultsInPart);
        var planned = new List<PlannedEvent>();
        var results = new List<object>(ResultsInPart);
        var part = 1;
        await foreach (var result in validation.ResultsAsync(tenant, upload, cancellationToken))
        {
            if (!config.Wants(result.Verdict))
                continue;
            if (results.Count == ResultsInPart)
                await FlushAsync();
            results.Add(CrmFields.Of(result, config));
        }
        await FlushAsync();
        if (planned.Count > 0)
            await PlanAsync();

        async Task FlushAsync()
        {
            var data = new { upload.UploadId, upload.JobId, upload.Status, upload.Total, upload.ByVerdict, part, parts, results = results.ToArray() };
            var key = string.Create(CultureInfo.InvariantCulture, $"{upload.UploadId}|{part}");
            planned.Add(new PlannedEvent(EventBatch.EventIdOf(tenant, "crm", EventTypes.CrmUploadCompleted, key), null, EventBatch.BodyOf(EventTypes.CrmUploadCompleted, upload.FinishedAt!.Value, data)));
            results.Clear();
            part++;
            if (planned.Count == EventBatch.MostEvents)
                await PlanAsync();
        }

        async Task PlanAsync()
        {
            var batch = new EventBatch(tenant, EventBatch.NameOf(upload.FinishedAt!.Value, planned[0].EventId), EventTypes.CrmUploadCompleted, null, null, [.. planned]);
            var (kept, listening) = await events.AddAsync(batch, [endpointId], cancellationToken);
            await deliveries.PlanAsync(kept, listening, cancellationToken);
            planned.Clear();
        }
    }
}
