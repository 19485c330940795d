using Microsoft.Extensions.Logging;

namespace ProspectOps.LocalRuntime.Worker.Hosting;

internal static partial class HostingLog
{
    [LoggerMessage(9001, LogLevel.Information, "{Count} functions are running: {Names}")]
    public static partial void FunctionsAreRunning(this ILogger log, int count, string names);
}
