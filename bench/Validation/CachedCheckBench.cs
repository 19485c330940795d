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
    private const int Rounds = 3;

    public string Name => "check-cached";

    public string Summary => "checks per second of remembered addresses over HTTP, from 32 connections";

    public async Task RunAsync(BenchOptions options, Report report, CancellationToken cancellationToken)
    {
        await using var rig = await Rig.StartAsync(deliverTo: null, cancellationToken);
        byte[][] bodies = [.. Enumerable.Range(0, Addresses).Select(i => JsonSerializer.SerializeToUtf8Bytes(new { email = string.Create(CultureInfo.InvariantCulture, $"jane{i}@acme.example") }))];
        foreach (var body in bodies)
            await rig.PostAsync("validation/check", Json(body), cancellationToken);

        // The first round is not counted: it is what the just-in-time compiler has its say in.
        await LoadAsync();
        var cpu = CpuClock.SecondsOf(rig.App.ProcessId);
        var rounds = new List<HttpLoad>();
        for (var round = 0; round < Rounds; round++)
            rounds.Add(await LoadAsync());
        cpu = CpuClock.SecondsOf(rig.App.ProcessId) - cpu;

        var section = string.Create(CultureInfo.InvariantCulture, $"POST /api/validation/check, remembered, 32 connections, median of {Rounds}");
        var median = rounds.OrderBy(load => load.RequestsPerSecond).ElementAt(Rounds / 2);
        report.Add(section, "checks", median.RequestsPerSecond, "/s");
        report.Add(section, "median", median.MedianMs, "ms");
        report.Add(section, "99th percentile", median.P99Ms, "ms");
        report.Add(section, "errors", rounds.Sum(load => load.Errors), "");
        report.Add(section, "CPU of the app, a check", 1_000_000 * cpu / Math.Max(1, rounds.Sum(load => load.All)), "µs");

        Task<HttpLoad> LoadAsync()
        {
            var next = 0;
            return HttpLoad.RunAsync(
                rig.Address, rig.ApiKey, Connections,
                () => new HttpRequestMessage(HttpMethod.Post, "/api/validation/check") { Content = Json(bodies[(uint)Interlocked.Increment(ref next) % Addresses]) },
                cancellationToken);
        }
    }

    private static ByteArrayContent Json(byte[] body) => new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
