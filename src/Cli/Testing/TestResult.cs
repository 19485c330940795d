namespace ProspectOps.Cli.Testing;

/// <param name="Name">The method, with its arguments where it has some.</param>
/// <param name="Outcome"><c>passed</c>, <c>failed</c> or <c>skipped</c>.</param>
internal sealed record TestResult(string FullName, string Name, string Outcome, string Message);
