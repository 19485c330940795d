using Microsoft.Extensions.Logging;

namespace ProspectOps.LocalRuntime.Worker.Hosting;

internal static partial class HostingLog
{
    [LoggerMessage(9001, LogLevel.Information, "{Count} functions are running")]
    public static partial void FunctionsAreRunning(this ILogger log, int count);

    [LoggerMessage(9002, LogLevel.Information, "{Line}")]
    public static partial void TableLine(this ILogger log, string line);

    [LoggerMessage(9003, LogLevel.Critical, "Not started: {Problem}")]
    public static partial void NotStarted(this ILogger log, string problem);

    [LoggerMessage(9004, LogLevel.Warning, "LocalRuntime:RequireKeys is false: every function and webhook can be called without a key")]
    public static partial void KeysAreOff(this ILogger log);
}
