using Microsoft.Azure.Functions.Worker;
using ProspectOps.Validation.Cache;

namespace ProspectOps.Functions.Validation;

/// <summary>Every hour: tenants whose lapsed verdicts are to be deleted. Each has its turn once a day.</summary>
public sealed class CachePurgeTimer(CachePurge purge)
{
    [Function("PurgeValidationCache")]
    public Task RunAsync([TimerTrigger("0 31 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => purge.RunAsync(cancellationToken);
}
