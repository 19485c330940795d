using Microsoft.Extensions.Logging;

namespace ProspectOps.Tenancy;

/// <summary>Writes events to the log: what an installation without webhooks has of them.</summary>
internal sealed class TenantEventLog(ILogger<TenantEventLog> log) : ITenantEvents
{
    public Task RaiseAsync(TenantEvent happened, CancellationToken cancellationToken)
    {
        log.EventRaised(happened.Type, happened.Tenant, happened.EventId);
        return Task.CompletedTask;
    }
}
