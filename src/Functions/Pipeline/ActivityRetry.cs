using Microsoft.DurableTask;

namespace ProspectOps.Functions.Pipeline;

/// <summary>How often a step that failed is tried: the store may be busy, a process may be going down.</summary>
internal static class ActivityRetry
{
    /// <summary>For the step without which a workflow would seem to run for ever: about a day.</summary>
    public static TaskOptions Patient => TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 1500, firstRetryInterval: TimeSpan.FromSeconds(1), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(1)));

    public static TaskOptions Options => TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 8, firstRetryInterval: TimeSpan.FromSeconds(1), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromSeconds(30)));
}
