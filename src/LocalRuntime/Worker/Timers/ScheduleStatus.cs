namespace Microsoft.Azure.Functions.Worker;

/// <summary>Where a monitored schedule stands.</summary>
public class ScheduleStatus
{
    /// <summary>Start of the last run; the minimum before the first.</summary>
    public DateTime Last { get; set; }

    /// <summary>The occurrence expected next.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this record was written.</summary>
    public DateTime LastUpdated { get; set; }
}
