using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using ProspectOps.Clay;
using ProspectOps.Functions.Pipeline;

namespace ProspectOps.Functions.Clay;

/// <summary>Every 10 s: people from Clay whose message was lost, or for whom the pipeline had no turn yet.</summary>
public sealed class ClaySweepTimer(ClayIntake intake)
{
    [Function("SweepClay")]
    public Task RunAsync([TimerTrigger("5/10 * * * * *", UseMonitor = false)] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        intake.SweepAsync(new DurableWorkflowClient(client), othersAreDead: false, cancellationToken);
}
