namespace ProspectOps.Cli.Api;

/// <summary>Where the webhooks of a workflow stand: retries go on after it has completed.</summary>
internal sealed record DeliveriesView(long Pending, long Delivered, long Retrying, long Dead, DateTimeOffset? NextAttemptAt)
{
    /// <summary>Whether an attempt is being made, or will be within <paramref name="soon"/>: worth waiting for.</summary>
    public bool AreWorthWaitingFor(DateTimeOffset now, TimeSpan soon) =>
        Pending > 0 || (Retrying > 0 && NextAttemptAt is { } next && next - now <= soon);
}
