using System.Globalization;
using Microsoft.Extensions.Options;
using ProspectOps.Tenancy;
using ProspectOps.Webhooks;

namespace ProspectOps.Clay;

/// <summary>Warns that a webhook's life is nearly used up: once at 80 % and once at 90 %.</summary>
public sealed class ClayWarnings(ClayConnectionStore connections, EventPublisher events, IOptions<ClayOptions> options)
{
    private static readonly int[] Percentages = [90, 80];

    /// <remarks>Told first and noted afterwards: a crash in between tells it again, under the same key.</remarks>
    public async Task WarnAsync(TenantId tenant, ClayConnection connection, ClayLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(lease);
        var limit = options.Value.LifetimeLimit;
        var reached = Percentages.FirstOrDefault(percent => lease.Sent * 100 >= limit * percent);
        if (reached <= lease.WarnedAt)
            return;
        var key = string.Create(CultureInfo.InvariantCulture, $"{connection.WebhookId}|{reached}");
        var data = new { connection.CampaignId, webhookHost = connection.WebhookUrl.Host, percent = reached, lease.Sent, lifetimeLimit = limit };
        await events.PublishAsync(new Webhooks.TenantEvent(tenant, EventTypes.ClayLimitWarning, key, data) { CampaignId = connection.CampaignId }, cancellationToken);
        await connections.NoteWarningAsync(tenant, connection, reached, cancellationToken);
    }
}
