namespace ProspectOps.LocalRuntime.Worker.Hosting;

/// <summary>The app is declared wrongly and does not start. One line per mistake, each with its fix.</summary>
internal sealed class FunctionStartupException(IReadOnlyList<string> problems)
    : InvalidOperationException(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
