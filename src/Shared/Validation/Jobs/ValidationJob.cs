namespace ProspectOps.Validation.Jobs;

/// <summary>A list of addresses that is being checked: its row, with the lease of whoever takes it in.</summary>
public sealed record ValidationJob
{
    public required string JobId { get; init; }

    public required JobRequest Request { get; init; }

    public JobStatus Status { get; init; }

    public JobStep Step { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Rows of the input, duplicates too; 0 until it is read.</summary>
    public long Total { get; init; }

    public long Duplicates { get; init; }

    /// <summary>Addresses in a chunk, and chunks; a wave of <see cref="ChunkPlan.WaveSize"/> addresses has whole chunks.</summary>
    public int ChunkSize { get; init; }

    public int ChunkCount { get; init; }

    /// <summary>Cells of the widest row.</summary>
    public int Width { get; init; }

    public bool CancelRequested { get; init; }

    /// <summary>Why not all of the input was read, or what keeps the job from going on.</summary>
    public string? Error { get; init; }

    /// <summary>Times that dead chunks were run again.</summary>
    public int Round { get; init; }

    /// <summary>The quota that is used up, and when it resets; null while it does not wait.</summary>
    public JobWait? Waits { get; init; }

    /// <summary>Row of table <c>Due</c> that reminds of it.</summary>
    public required string DueRow { get; init; }

    /// <summary>Who takes it in.</summary>
    public string? Owner { get; init; }

    public DateTimeOffset? LeaseUntil { get; init; }

    public int Failures { get; init; }

    /// <summary>Reminders in a row that found nothing to have moved.</summary>
    public int Stalled { get; init; }

    public string? Version { get; init; }

    public bool IsOver => Step is JobStep.Announce or JobStep.Over;

    public long Unique => Total - Duplicates;
}
