using Microsoft.Azure.Functions.Worker;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Requests;

namespace ProspectOps.Functions.Tenancy;

/// <summary>What has to be looked at now and then, over all tenants.</summary>
public sealed class TenancyTimers(KeyReminder reminder, RequestPurge purge)
{
    [Function("RemindOfKeys")]
    public Task RemindAsync([TimerTrigger("0 17 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => reminder.RunAsync(cancellationToken);

    [Function("PurgeRequests")]
    public Task PurgeAsync([TimerTrigger("0 43 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => purge.RunAsync(cancellationToken);
}
