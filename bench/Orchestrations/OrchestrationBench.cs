using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using ProspectOps.Bench.Reporting;
using ProspectOps.Bench.Running;

namespace ProspectOps.Bench.Orchestrations;

/// <summary>The durable engine: many at once, a wide one, one alone, a large one, and none.</summary>
internal sealed class OrchestrationBench : IBench
{
    private const int Many = 2_000;
    private const int Width = 1_000;
    private const int Alone = 300;
    private const int Branches = 20;
    private const int BranchWidth = 500;
    private const int WarmUp = 200;
    private const int AtOnce = 16;
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    public string Name => "orchestrations";

    public string Summary => "the durable engine: rate, fan-out, round trip, memory, and what it does when it has nothing to do";

    public async Task RunAsync(BenchOptions options, Report report, CancellationToken cancellationToken)
    {
        await using var rig = await OrchestrationRig.StartAsync(cancellationToken);
        await rig.RunAsync($"many/{WarmUp}", cancellationToken);
        await rig.RunAsync($"fan-out/{WarmUp}", cancellationToken);

        await MeasureAsync(rig, report, $"{Many:#,0} orchestrations with one activity, 64 at once", $"many/{Many}", Many, AtOnce, "orchestrations/s", cancellationToken);
        await MeasureAsync(rig, report, $"a fan-out of {Width:#,0} activities", $"fan-out/{Width}", Width, AtOnce, "activities/s", cancellationToken);
        var alone = await MeasureAsync(rig, report, "one orchestration with one activity, alone", $"round-trip/{Alone}", Alone, 1, "orchestrations/s", cancellationToken);
        report.Add("one orchestration with one activity, alone", "from start to result, median", alone.MedianMs, "ms");
        var large = $"{Branches * BranchWidth:#,0} activities in sub-orchestrations of {BranchWidth}";
        var small = await rig.RunAsync($"tree/2/{BranchWidth}", cancellationToken);
        report.Add(large, $"peak heap of the first {2 * BranchWidth:#,0}", small.PeakMb, "MB");
        var whole = await MeasureAsync(rig, report, large, $"tree/{Branches}/{BranchWidth}", Branches * BranchWidth, AtOnce, "activities/s", cancellationToken);
        report.Add(large, "peak heap", whole.PeakMb, "MB");
        await IdleAsync(rig, report, cancellationToken);
    }

    private static async Task<OrchestrationFigures> MeasureAsync(
        OrchestrationRig rig, Report report, string section, string path, int count, int plainAtOnce, string unit, CancellationToken cancellationToken)
    {
        var before = await rig.CallsAsync(cancellationToken);
        var figures = await rig.RunAsync(path, cancellationToken);
        var calls = Since(before, await rig.CallsAsync(cancellationToken));
        report.Add(section, "all of it", figures.Seconds, "s");
        report.Add(section, "rate", count / figures.Seconds, unit);
        report.Add(section, "storage calls each", calls.Sum(call => call.Value) / (double)count, "calls");
        var plain = await PlainWritesAsync(rig.Storage, count, plainAtOnce, cancellationToken);
        report.Add(section, $"plain table writes, {plainAtOnce} at once", plain, "writes/s");
        report.Add(section, "rate against plain table writes", count / figures.Seconds / plain * 100, "%");
        return figures;
    }

    /// <summary>As many rows of a partition each, by the same client on the same Azurite.</summary>
    private static async Task<double> PlainWritesAsync(string storage, int count, int atOnce, CancellationToken cancellationToken)
    {
        var table = new TableClient(storage, "BenchPlain");
        await table.CreateIfNotExistsAsync(cancellationToken);
        var run = Guid.NewGuid();
        var next = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            for (var mine = Interlocked.Increment(ref next); mine <= count; mine = Interlocked.Increment(ref next))
                await table.UpsertEntityAsync(new TableEntity(string.Create(CultureInfo.InvariantCulture, $"{run:N}-{mine}"), "i") { ["Text"] = new string('x', 400) }, TableUpdateMode.Replace, cancellationToken);
        }));
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task IdleAsync(OrchestrationRig rig, Report report, CancellationToken cancellationToken)
    {
        // What the last run has left to write.
        await Task.Delay(TimeSpan.FromSeconds(2), cancellationToken);
        var before = await rig.CallsAsync(cancellationToken);
        var cpu = CpuClock.SecondsOf(rig.ProcessId);
        await Task.Delay(Idle, cancellationToken);
        report.Add("idle for a minute", "processor time", CpuClock.SecondsOf(rig.ProcessId) - cpu, "s");
        foreach (var (kind, count) in Since(before, await rig.CallsAsync(cancellationToken)))
            report.Add("idle for a minute", kind, count, "calls");
    }

    private static IEnumerable<KeyValuePair<string, long>> Since(Dictionary<string, long> before, Dictionary<string, long> after) =>
        after.Select(call => KeyValuePair.Create(call.Key, call.Value - before.GetValueOrDefault(call.Key))).Where(call => call.Value > 0).OrderBy(call => call.Key);
}
