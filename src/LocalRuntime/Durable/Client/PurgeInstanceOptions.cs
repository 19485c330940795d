namespace Microsoft.DurableTask.Client;

/// <summary>How to purge.</summary>
/// <param name="Recursive">Without effect, as on Azure Storage: children are purged by themselves.</param>
public record PurgeInstanceOptions(bool Recursive = false);
