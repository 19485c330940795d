using ProspectOps.Bench.Reporting;

namespace ProspectOps.Bench;

internal interface IBench
{
    string Name { get; }

    /// <summary>One line for <c>--list</c>.</summary>
    string Summary { get; }

    Task RunAsync(BenchOptions options, Report report, CancellationToken cancellationToken);
}
