using Microsoft.Azure.Functions.Worker;
using ProspectOps.Validation.Schedules;

namespace ProspectOps.Functions.Validation;

/// <summary>Every 15 s: schedules whose time has come.</summary>
public sealed class ScheduleTimer(ScheduleRunner runner)
{
    [Function("RunValidationSchedules")]
    public Task RunAsync([TimerTrigger("*/15 * * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken) => runner.RunDueAsync(cancellationToken);
}
