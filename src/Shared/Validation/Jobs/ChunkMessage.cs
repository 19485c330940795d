namespace ProspectOps.Validation.Jobs;

/// <summary>Message of queue <c>validation-chunks</c>: a chunk is to be checked.</summary>
public sealed record ChunkMessage(int V, string TenantId, string JobId, int Chunk)
{
    public const string Queue = "validation-chunks";
    public const string PoisonQueue = Queue + "-poison";
    public const int CurrentVersion = 1;
}
