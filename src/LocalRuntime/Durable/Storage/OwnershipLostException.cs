namespace ProspectOps.LocalRuntime.Durable.Storage;

/// <summary>The instance was written by somebody else meanwhile: what this process knows of it is void.</summary>
internal sealed class OwnershipLostException(string instanceId)
    : Exception($"Instance '{instanceId}' was changed by another process. Does a second host run on the same task hub?");
