namespace ProspectOps.LocalRuntime.Durable.Storage;

/// <summary>A part of a listing.</summary>
internal sealed record InstancePage(IReadOnlyList<InstanceHeader> Headers, string? ContinuationToken);
