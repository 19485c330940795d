using ProspectOps.Bench.Pipelines;
using ProspectOps.Bench.Reporting;
using ProspectOps.Bench.Running;

namespace ProspectOps.Bench.Runtime;

/// <summary>What the app costs while nobody calls it.</summary>
internal sealed class IdleBench : IBench
{
    // Pauses between polls have grown to their longest by then, and kinds of work that nobody spoke of for two minutes are quiet.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan Measured = TimeSpan.FromMinutes(1);

    public string Name => "idle";

    public string Summary => "share of a core and storage calls a minute of the app at rest";

    public async Task RunAsync(BenchOptions options, Report report, CancellationToken cancellationToken)
    {
        await using var rig = await Rig.StartAsync(deliverTo: null, cancellationToken);
        await Task.Delay(Settling, cancellationToken);
        var calls = StorageCalls.Of(await rig.MetricsAsync(cancellationToken), rig.StoragePort);
        var cpu = CpuClock.SecondsOf(rig.App.ProcessId);
        await Task.Delay(Measured, cancellationToken);
        var cpuAfter = CpuClock.SecondsOf(rig.App.ProcessId);
        var during = StorageCalls.Of(await rig.MetricsAsync(cancellationToken), rig.StoragePort).Since(calls);

        report.Add("a minute at rest", "processor of the app, of one core", 100 * (cpuAfter - cpu) / Measured.TotalSeconds, "%");
        report.Add("a minute at rest", "storage calls", during.Total, "");
        foreach (var (kind, method, count, _) in during.All)
            report.Add("a minute at rest, by kind", $"{kind} {method}", count, "");
    }
}
