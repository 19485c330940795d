namespace ProspectOps.Pipeline;

/// <summary>What became of a workflow's events about people; retries go on after it has completed.</summary>
public sealed record DeliveryCounts(long Pending, long Delivered, long Retrying, long Dead, long Canceled)
{
    internal static DeliveryCounts Of(IReadOnlyList<StageView> stages, CounterSums sums)
    {
        var events = sums[Stage.Deliver, "Events"];
        var attempted = sums[Stage.Deliver, "Attempted"];
        var (answered, dead, canceled) = (sums[Stage.Deliver, "Answered"], sums[Stage.Deliver, "Dead"], sums[Stage.Deliver, "Canceled"]);
        return new DeliveryCounts(events - attempted, answered, attempted - answered - dead - canceled, dead, canceled);
    }
}
