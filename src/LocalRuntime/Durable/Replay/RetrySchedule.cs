using Microsoft.DurableTask;

namespace ProspectOps.LocalRuntime.Durable.Replay;

/// <summary>Decides whether and when a failed task is tried again. Pure.</summary>
internal static class RetrySchedule
{
    /// <param name="policy">Its rules.</param>
    /// <param name="attempts">Attempts made; 1 or more.</param>
    /// <param name="failure">Why the last one failed.</param>
    /// <param name="elapsed">Orchestration time since the first attempt began.</param>
    /// <returns>The wait before the next attempt; <see langword="null"/> to give up.</returns>
    public static TimeSpan? DelayAfter(RetryPolicy policy, int attempts, TaskFailureDetails failure, TimeSpan elapsed)
    {
        if (attempts >= policy.MaxNumberOfAttempts
            || (policy.RetryTimeout != Timeout.InfiniteTimeSpan && elapsed >= policy.RetryTimeout)
            || !IsWorthwhile(policy, failure))
        {
            return null;
        }

        var milliseconds = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, attempts - 1);
        var longest = policy.MaxRetryInterval == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : policy.MaxRetryInterval;
        return milliseconds < longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : longest;
    }

    private static bool IsWorthwhile(RetryPolicy policy, TaskFailureDetails failure)
    {
        try
        {
            return policy.ShouldRetry(failure);
        }
        catch (Exception)
        {
            // As upstream: what is told is the task's failure, not that of the question about it.
            return false;
        }
    }
}
