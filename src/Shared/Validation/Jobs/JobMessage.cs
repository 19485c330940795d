namespace ProspectOps.Validation.Jobs;

/// <summary>Message of queue <c>validation-jobs</c>: a job is to be taken in.</summary>
public sealed record JobMessage(int V, string TenantId, string JobId)
{
    public const string Queue = "validation-jobs";
    public const int CurrentVersion = 1;
}
