using Microsoft.Extensions.Logging;

namespace ProspectOps.Validation;

/// <summary>What validation logs; never an address.</summary>
internal static partial class ValidationLog
{
    [LoggerMessage(2001, LogLevel.Warning,
        "No name server answered {Failures} questions in a row: for {PauseSeconds} s addresses are judged without DNS. Check the network or set Validation:DnsServers.")]
    public static partial void DnsPaused(this ILogger log, int failures, double pauseSeconds);

    [LoggerMessage(2002, LogLevel.Information, "Asking mail servers is now {State}. {Detail}")]
    public static partial void SmtpReachChanged(this ILogger log, Smtp.ReachState state, string detail);
}
