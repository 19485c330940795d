using Microsoft.DurableTask;

namespace ProspectOps.Functions.Pipeline;

/// <summary>How often a step that failed is tried: the store may be busy, a process may be going down.</summary>
internal static class ActivityRetry
{
    public static TaskOptions Options => TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 5, firstRetryInterval: TimeSpan.FromSeconds(1), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromSeconds(15)));
}
