namespace ProspectOps.Validation.Jobs;

public sealed record StartedJob(string JobId, string StatusUrl)
{
    public static StartedJob Of(string jobId) => new(jobId, $"/api/validation/jobs/{jobId}");
}
