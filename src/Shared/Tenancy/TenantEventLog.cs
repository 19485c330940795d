using Microsoft.Extensions.Logging;

namespace ProspectOps.Tenancy;

/// <summary>Writes events to the log: what an installation without webhooks has of them.</summary>
internal sealed class TenantEventLog(ILogger<TenantEventLog> log) : ITenantEvents
{
    public Task RaiseAsync(TenantNotice happened, CancellationToken cancellationToken)
    {
        log.EventRaised(happened.Type, happened.Tenant, happened.Key);
        return Task.CompletedTask;
    }
}
