namespace ProspectOps.Pipeline;

/// <summary>Where a workflow is; the percentage never falls, and is 100 once it has completed.</summary>
public sealed record ProgressView(string Stage, long Done, long Total, int Percent);
