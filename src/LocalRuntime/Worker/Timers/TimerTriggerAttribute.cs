using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>A schedule calls the function.</summary>
/// <param name="schedule">Six cron fields (seconds first), five, or a time span; may hold <c>%Setting%</c>. UTC unless WEBSITE_TIME_ZONE says otherwise.</param>
public sealed class TimerTriggerAttribute(string schedule) : TriggerBindingAttribute
{
    public string Schedule { get; } = schedule;

    /// <summary>Whether occurrences are remembered across restarts, so that a missed one is made up for. Never for schedules within the minute.</summary>
    public bool UseMonitor { get; set; } = true;

    /// <summary>Runs at every start of the host as well.</summary>
    public bool RunOnStartup { get; set; }
}
