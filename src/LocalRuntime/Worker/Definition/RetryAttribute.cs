namespace Microsoft.Azure.Functions.Worker;

/// <summary>How often a failed run is tried again. Only timers honour it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class RetryAttribute : Attribute
{
    /// <summary>Tries after the first one; -1 for no limit.</summary>
    public int MaxRetryCount { get; set; }
}
