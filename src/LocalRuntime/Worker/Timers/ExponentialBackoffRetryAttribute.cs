using System.Globalization;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Tries a failed run again after a delay that doubles each time, between a least and a longest.</summary>
public sealed class ExponentialBackoffRetryAttribute : RetryAttribute
{
    /// <param name="maxRetryCount">Tries after the first one; -1 for no limit.</param>
    /// <param name="minimumInterval">As <c>HH:mm:ss</c>.</param>
    /// <param name="maximumInterval">As <c>HH:mm:ss</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An interval is no time span, or negative.</exception>
    /// <exception cref="ArgumentException">The least is above the longest.</exception>
    public ExponentialBackoffRetryAttribute(int maxRetryCount, string minimumInterval, string maximumInterval)
    {
        if (!TimeSpan.TryParse(minimumInterval, CultureInfo.InvariantCulture, out var least) || least < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(minimumInterval));
        if (!TimeSpan.TryParse(maximumInterval, CultureInfo.InvariantCulture, out var longest) || longest < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(maximumInterval));
        if (least > longest)
            throw new ArgumentException("The minimum interval is above the maximum interval.", nameof(minimumInterval));
        MaxRetryCount = maxRetryCount;
        MinimumInterval = minimumInterval;
        MaximumInterval = maximumInterval;
    }

    public string MinimumInterval { get; }

    public string MaximumInterval { get; }
}
