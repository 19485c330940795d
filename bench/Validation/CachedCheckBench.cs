using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using ProspectOps.Bench.Http;
using ProspectOps.Bench.Reporting;
using ProspectOps.Bench.Running;

namespace ProspectOps.Bench.Validation;

/// <summary>Checks a second of remembered addresses over HTTP, from 32 connections.</summary>
internal sealed class CachedCheckBench : IBench
{
    private const int Connections = 32;
    private const int Addresses = 200;

    public string Name => "check-cached";

    public string Summary => "checks per second of remembered addresses over HTTP, from 32 connections";

    public async Task RunAsync(BenchOptions options, Report report, CancellationToken cancellationToken)
    {
        await using var rig = await Rig.StartAsync(deliverTo: null, cancellationToken);
        byte[][] bodies = [.. Enumerable.Range(0, Addresses).Select(i => JsonSerializer.SerializeToUtf8Bytes(new { email = string.Create(CultureInfo.InvariantCulture, $"jane{i}@acme.example") }))];
        foreach (var body in bodies)
            await rig.PostAsync("validation/check", Json(body), cancellationToken);

        var next = 0;
        var cpu = CpuClock.SecondsOf(rig.App.ProcessId);
        var load = await HttpLoad.RunAsync(
            rig.Address, rig.ApiKey, Connections,
            () => new HttpRequestMessage(HttpMethod.Post, "/api/validation/check") { Content = Json(bodies[(uint)Interlocked.Increment(ref next) % Addresses]) },
            cancellationToken);
        report.Add("POST /api/validation/check, remembered, 32 connections", "checks", load.RequestsPerSecond, "/s");
        report.Add("POST /api/validation/check, remembered, 32 connections", "median", load.MedianMs, "ms");
        report.Add("POST /api/validation/check, remembered, 32 connections", "99th percentile", load.P99Ms, "ms");
        report.Add("POST /api/validation/check, remembered, 32 connections", "errors", load.Errors, "");
        report.Add("POST /api/validation/check, remembered, 32 connections", "CPU of the app, a check", 1_000_000 * (CpuClock.SecondsOf(rig.App.ProcessId) - cpu) / Math.Max(1, load.All), "µs");
    }

    private static ByteArrayContent Json(byte[] body) => new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
