namespace ProspectOps.Validation.Jobs;

public sealed record JobChunks(long Total, long Done, long Dead);
