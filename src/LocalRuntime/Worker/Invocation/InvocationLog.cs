using Microsoft.Extensions.Logging;

namespace ProspectOps.LocalRuntime.Worker.Invocation;

internal static partial class InvocationLog
{
    [LoggerMessage(9101, LogLevel.Error, "Function {Function} failed, invocation {InvocationId}")]
    public static partial void InvocationFailed(this ILogger log, string function, string invocationId, Exception exception);

    [LoggerMessage(9102, LogLevel.Information, "Function {Function} was cancelled, invocation {InvocationId}")]
    public static partial void InvocationWasCancelled(this ILogger log, string function, string invocationId);
}
