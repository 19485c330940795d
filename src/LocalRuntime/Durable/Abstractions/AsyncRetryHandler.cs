namespace Microsoft.DurableTask;

/// <summary>As <see cref="RetryHandler"/>; may await durable tasks, for example a timer to wait before the next try.</summary>
public delegate Task<bool> AsyncRetryHandler(RetryContext retryContext);
