namespace ProspectOps.Validation.Jobs;

/// <param name="Column">The name of the column with the addresses, where the header does not make it plain.</param>
public sealed record JobRequest(JobSource Source, DedupeMethod Dedupe = DedupeMethod.Canonical, bool SmtpProbe = false, string? Column = null)
{
    /// <summary>The key that asked for it, whose own quota counts too.</summary>
    public string? KeyId { get; init; }

    /// <summary>The run of a schedule that asked for it.</summary>
    public ScheduledBy? Schedule { get; init; }
}
