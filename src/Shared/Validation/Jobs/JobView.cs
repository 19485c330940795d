using System.Text.Json.Serialization;

namespace ProspectOps.Validation.Jobs;

/// <summary>A job as the API shows it. <c>Total</c> and <c>Done</c> count every row; a duplicate carries the first one's verdict.</summary>
/// <param name="Cache">Addresses that a remembered verdict answered, and that were looked for in vain.</param>
/// <param name="RatePerSecond">Rows a second since it began.</param>
/// <param name="EtaSeconds">At that rate; null while nothing is known, and once it is over.</param>
/// <param name="WaitsFor">The quota that is used up, where it waits for one.</param>
/// <param name="Error">Why not all of the input was read.</param>
public sealed record JobView(
    string JobId,
    JobStatus Status,
    long Total,
    long Done,
    long Duplicates,
    IReadOnlyDictionary<string, long> ByVerdict,
    JobChunks Chunks,
    JobCache Cache,
    DedupeMethod Dedupe,
    bool SmtpProbe,
    DateTimeOffset CreatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    double RatePerSecond,
    double? EtaSeconds,
    JobWait? WaitsFor,
    string? Error)
{
    /// <summary>Chunks that failed five times, the first hundred.</summary>
    public IReadOnlyList<DeadChunk>? DeadChunks { get; init; }

    internal static JobView Of(ValidationJob job, JobCounts counts, DateTimeOffset now)
    {
        var seconds = job.StartedAt is { } started ? ((job.FinishedAt ?? now) - started).TotalSeconds : 0;
        var rate = seconds > 0 ? counts.Done / seconds : 0;
        return new JobView(
            job.JobId,
            job.Status,
            job.Total,
            counts.Done,
            job.Duplicates,
            counts.ByVerdict.ToDictionary(pair => char.ToLowerInvariant(pair.Key.ToString()[0]) + pair.Key.ToString()[1..], pair => pair.Value),
            new JobChunks(job.ChunkCount, counts.ChunksDone, counts.ChunksDead),
            new JobCache(counts.Hits, counts.Misses),
            job.Request.Dedupe,
            job.Request.SmtpProbe,
            job.CreatedAt,
            job.StartedAt,
            job.FinishedAt,
            Math.Round(rate, 1),
            job.IsOver || rate <= 0 || job.Waits is not null ? null : Math.Round((job.Total - counts.Done) / rate, 1),
            job.Waits,
            job.Error);
    }
}
