namespace ProspectOps.Pipeline;

/// <summary>How a chunk's step ended.</summary>
/// <param name="Stopped">Nothing was done, because the workflow is canceled or suspended.</param>
/// <param name="Eligible">People whom the next stage has to do with.</param>
public sealed record ChunkOutcome(bool Stopped, int Eligible)
{
    public static ChunkOutcome WasStopped { get; } = new(true, 0);
}
