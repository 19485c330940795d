namespace Microsoft.DurableTask;

/// <summary>Decides after each failure whether the task is tried again, at once. Must be deterministic.</summary>
public delegate bool RetryHandler(RetryContext retryContext);
