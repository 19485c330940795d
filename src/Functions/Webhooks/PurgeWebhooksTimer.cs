using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using ProspectOps.Webhooks;

namespace ProspectOps.Functions.Webhooks;

/// <summary>Every hour: events and deliveries that are older than <c>Webhooks:RetainDays</c>. Each tenant comes once a day; what a run does not get to is for the next.</summary>
public sealed class PurgeWebhooksTimer(WebhookRetention retention, ILogger<PurgeWebhooksTimer> log)
{
    // A run must end well before functionTimeout.
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(5);

    [Function("PurgeWebhooks")]
    public async Task RunAsync([TimerTrigger("0 50 * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestRun);
        try
        {
            await retention.PurgeAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What was deleted is deleted; the reminder of the rest stays.
            log.PurgeOfEventsUnfinished(LongestRun.TotalMinutes);
        }
    }
}
