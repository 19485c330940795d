using ProspectOps.Platform.Storage;

namespace ProspectOps.Webhooks;

/// <summary>A batch of deliveries as its age is judged: its log is not read, nor does it have to be readable.</summary>
/// <param name="States">Null where this version cannot read it.</param>
/// <param name="LastDueAt">When it was last to be attempted, at the latest; null likewise.</param>
/// <param name="Row">As it was read.</param>
public sealed record StoredBatch(string Name, string? States, DateTimeOffset? LastDueAt, TableRow Row)
{
    /// <summary>Whether nothing of it is open and it has rested since before then; with a dead letter that may still be sent again, since before <paramref name="withDead"/>.</summary>
    public bool MayGo(DateTimeOffset until, DateTimeOffset withDead) =>
        States is null || LastDueAt is not { } at || (!States.Any(DeliveryState.IsOpen) && at < (States.Contains(DeliveryState.Dead, StringComparison.Ordinal) ? withDead : until));
}
