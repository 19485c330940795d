using ProspectOps.Operations;

namespace ProspectOps.Webhooks;

/// <summary>Has a tenant's old events looked for on the next day.</summary>
public sealed class RetentionReminder(DueStore due, TimeProvider clock) : DailyReminder(due, Kind, "events", clock)
{
    internal const string Kind = "webhook-retention";
}
