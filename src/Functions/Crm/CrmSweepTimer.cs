using Microsoft.Azure.Functions.Worker;
using ProspectOps.Crm;

namespace ProspectOps.Functions.Crm;

/// <summary>Every 10 s: uploads whose message was lost, or whose process died.</summary>
public sealed class CrmSweepTimer(CrmUploadHandler handler)
{
    [Function("SweepCrm")]
    public Task RunAsync([TimerTrigger("7/10 * * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken) => handler.SweepAsync(othersAreDead: false, cancellationToken);
}
