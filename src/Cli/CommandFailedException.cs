namespace ProspectOps.Cli;

/// <summary>A failure that the operator can act on: the message says what is wrong and what to do, and is all that is shown.</summary>
internal sealed class CommandFailedException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
