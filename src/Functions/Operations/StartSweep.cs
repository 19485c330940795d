using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProspectOps.Crm;
using ProspectOps.Platform.Hosting;
using ProspectOps.Validation.Jobs;
using ProspectOps.Webhooks;

namespace ProspectOps.Functions.Operations;

/// <summary>At start, where the data folder proves that whoever held a lease is dead: its work is taken up at once.</summary>
internal sealed class StartSweep(EventPublisher events, DeliverySweeper deliveries, JobSweeper jobs, CrmUploadHandler crm, DataFolder folder, ILogger<StartSweep> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!folder.ProvesSoleOwner)
            return;
        try
        {
            await Task.WhenAll(
                events.SweepAsync(othersAreDead: true, stoppingToken),
                deliveries.SweepAsync(othersAreDead: true, stoppingToken),
                jobs.SweepAsync(othersAreDead: true, stoppingToken),
                crm.SweepAsync(othersAreDead: true, stoppingToken));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The edge of a background task: the timer sweeps again within 10 s.
            log.StartSweepFailed(e);
        }
    }
}
