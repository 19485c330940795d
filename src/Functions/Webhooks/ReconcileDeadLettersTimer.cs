using Microsoft.Azure.Functions.Worker;
using ProspectOps.Webhooks;

namespace ProspectOps.Functions.Webhooks;

/// <summary>Every 5 min: dead letters that are missing, that expire soon, that have expired.</summary>
public sealed class ReconcileDeadLettersTimer(DeadLetterRecorder recorder)
{
    [Function("ReconcileDeadLetters")]
    public Task RunAsync([TimerTrigger("0 */5 * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken) => recorder.ReconcileAsync(cancellationToken);
}
