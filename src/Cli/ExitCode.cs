namespace ProspectOps.Cli;

internal static class ExitCode
{
    public const int Completed = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;
    /// <summary>What shells use for a command that Ctrl-C ended: 128 + SIGINT.</summary>
    public const int Interrupted = 130;
}
