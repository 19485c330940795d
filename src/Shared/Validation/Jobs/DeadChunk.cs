namespace ProspectOps.Validation.Jobs;

/// <param name="Rows">Rows of the list that have no verdict because of it.</param>
public sealed record DeadChunk(int Chunk, int Rows, int Failures, string? Cause);
