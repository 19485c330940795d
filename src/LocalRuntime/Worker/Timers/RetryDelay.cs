using System.Globalization;
using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.LocalRuntime.Worker.Timers;

/// <summary>Decides whether and when a failed run is tried again. Pure.</summary>
internal static class RetryDelay
{
    private const int MaxDoublings = 30;

    /// <param name="retry">Null where the function carries no retry attribute.</param>
    /// <param name="failures">Tries that failed, 1 or more.</param>
    /// <returns>Null to give up.</returns>
    public static TimeSpan? After(RetryAttribute? retry, int failures)
    {
        if (retry is null || (retry.MaxRetryCount >= 0 && failures > retry.MaxRetryCount))
            return null;
        if (retry is FixedDelayRetryAttribute constant)
            return TimeSpan.Parse(constant.DelayInterval, CultureInfo.InvariantCulture);
        if (retry is not ExponentialBackoffRetryAttribute growing)
            return null;
        var least = TimeSpan.Parse(growing.MinimumInterval, CultureInfo.InvariantCulture);
        var longest = TimeSpan.Parse(growing.MaximumInterval, CultureInfo.InvariantCulture);
        var delay = least * Math.Pow(2, Math.Min(failures - 1, MaxDoublings));
        return delay < longest ? delay : longest;
    }
}
