namespace Microsoft.Azure.Functions.Worker;

/// <summary>Which try this is, where the function carries a <see cref="RetryAttribute"/>.</summary>
public abstract class RetryContext
{
    /// <summary>0 at the first try.</summary>
    public abstract int RetryCount { get; }

    public abstract int MaxRetryCount { get; }
}
