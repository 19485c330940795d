namespace ProspectOps.Cli.Api;

/// <summary>The API refused; the message is the whole problem as text.</summary>
internal sealed class ApiException(Problem problem) : Exception(problem.ToString())
{
    public Problem Problem { get; } = problem;
}
