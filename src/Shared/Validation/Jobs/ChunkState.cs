namespace ProspectOps.Validation.Jobs;

public enum ChunkState
{
    Open,
    Done,

    /// <summary>Failed too often; runs again when somebody asks for it.</summary>
    Dead,
}
