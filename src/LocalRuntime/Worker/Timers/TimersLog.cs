using Microsoft.Extensions.Logging;

namespace ProspectOps.LocalRuntime.Worker.Timers;

internal static partial class TimersLog
{
    [LoggerMessage(9301, LogLevel.Warning, "Timer {Function}: its status could not be written; a restart may repeat the last run")]
    public static partial void StatusWasNotWritten(this ILogger log, string function, Exception exception);

    [LoggerMessage(9302, LogLevel.Information, "Another process runs the timers; waiting for it to end")]
    public static partial void TimersRunElsewhere(this ILogger log);

    [LoggerMessage(9304, LogLevel.Warning, "The lease on the timers cannot be asked for; trying on")]
    public static partial void LeaseCannotBeAskedFor(this ILogger log, Exception exception);

    [LoggerMessage(9303, LogLevel.Error, "A timer could not be kept; trying again")]
    public static partial void TimerFailed(this ILogger log, Exception exception);
}
