namespace Microsoft.DurableTask.Client;

/// <summary>How to terminate.</summary>
/// <param name="Output">What the instance shows as its output.</param>
/// <param name="Recursive">Without effect, as on Azure Storage: children are terminated by themselves.</param>
public record TerminateInstanceOptions(object? Output = null, bool Recursive = false);
