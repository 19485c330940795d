using System.Globalization;
using ProspectOps.Bench.Reporting;
using ProspectOps.Bench.Running;
using ProspectOps.Cli;
using ProspectOps.Cli.Running;

namespace ProspectOps.Bench.Http;

/// <summary>What a key costs a request: a function that answers a small object, and one that reads a row, to everybody and to who has a key.</summary>
/// <remarks>With the key come authentication, rate limit, request log and usage, as in the app and by its services; keys, limits and logs are on a real Azurite.</remarks>
internal sealed class AuthBench : IBench
{
    private const int Rounds = 5;

    // With its warm-up of a second as long as the time between two savings of Azurite, which answers nobody meanwhile: each round has one.
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private static readonly int[] Connections = [32, 500];

    public string Name => "auth";

    public string Summary => "requests per second with a key against without one";

    public async Task RunAsync(BenchOptions options, Report report, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("prospectops-bench-");
        var keyFile = Path.Combine(folder.FullName, "key");
        await using (var azurite = await AzuriteProcess.StartAsync(
            Checkout.Find().AzuriteScript, Path.Combine(folder.FullName, "azurite"), Ports.Choose(20_300, Ports.StorageCount), cancellationToken))
        await using (var app = await BareApiProcess.StartAsync(
            AuthApp.Command, 19_400, cancellationToken,
            keyFile, $"AzureWebJobsStorage={azurite.ConnectionString}", "Platform:Mode=local", $"Platform:DataFolder={folder.FullName}"))
        {
            var key = (await File.ReadAllTextAsync(keyFile, cancellationToken)).Trim();
            await using var bare = await BareApiProcess.StartAsync(BareRowApi.Command, 19_450, cancellationToken, $"AzureWebJobsStorage={azurite.ConnectionString}");
            await CompareAsync(report, "a small object", (app, "/api/bench/open"), (app, "/api/bench/keyed"), key, cancellationToken);
            await CompareAsync(report, "a row of Azurite", (app, "/api/bench/open-row"), (app, "/api/bench/keyed-row"), key, cancellationToken);
            await CompareAsync(report, "a row of Azurite, against a minimal API", (bare, "/api/bench/row"), (app, "/api/bench/keyed-row"), key, cancellationToken);
            var long500 = await HttpLoad.RunAsync(app.Address, key, 500, () => new HttpRequestMessage(HttpMethod.Get, "/api/bench/keyed"), cancellationToken, Long);
            report.Add($"500 connections with a key for {Long.TotalSeconds} s", "requests", long500.RequestsPerSecond, "/s");
            report.Add($"500 connections with a key for {Long.TotalSeconds} s", "99th percentile", long500.P99Ms, "ms");
            report.Add($"500 connections with a key for {Long.TotalSeconds} s", "errors", long500.Errors, "");
        }
        folder.Delete(recursive: true);
    }

    private static async Task CompareAsync(
        Report report, string what, (BareApiProcess Server, string Path) open, (BareApiProcess Server, string Path) keyed, string key, CancellationToken cancellationToken)
    {
        // Not counted: the just-in-time compiler has its say.
        await RoundAsync(Connections[0]);
        foreach (var connections in Connections)
        {
            var rounds = new List<(Load Open, Load Keyed)>();
            for (var round = 0; round < Rounds; round++)
                rounds.Add(await RoundAsync(connections));
            Add(report, what, connections, rounds);
        }

        // In turn, so that what the machine does beside it weighs on both.
        async Task<(Load Open, Load Keyed)> RoundAsync(int connections) =>
            (await LoadAsync(open.Server, null, open.Path, connections, cancellationToken), await LoadAsync(keyed.Server, key, keyed.Path, connections, cancellationToken));
    }

    private static void Add(Report report, string what, int connections, List<(Load Open, Load Keyed)> rounds)
    {
        var (open, keyed) = (Median(rounds.Select(round => round.Open)), Median(rounds.Select(round => round.Keyed)));
        // Of two that ran one right after the other: what the machine does beside them changes from minute to minute.
        double[] ratios = [.. rounds.Select(round => 100 * round.Keyed.Http.RequestsPerSecond / Math.Max(1, round.Open.Http.RequestsPerSecond)).Order()];
        var section = string.Create(CultureInfo.InvariantCulture, $"GET of {what}, {connections} connections, median of {Rounds}");
        report.Add(section, "without a key", open.Http.RequestsPerSecond, "/s");
        report.Add(section, "with a key", keyed.Http.RequestsPerSecond, "/s");
        report.Add(section, "with a key, 99th percentile", keyed.Http.P99Ms, "ms");
        report.Add(section, "with a key, errors", rounds.Sum(round => round.Keyed.Http.Errors), "");
        report.Add(section, "with a key against without, median of the pairs", ratios[Rounds / 2], "%");
        report.Add(section, "with a key against without, second lowest", ratios[1], "%");
        report.Add(section, "with a key against without, second highest", ratios[^2], "%");
        report.Add(section, "CPU of the server without a key, a request", open.MicrosecondsEach, "µs");
        report.Add(section, "CPU of the app with a key, a request", keyed.MicrosecondsEach, "µs");
    }

    private static async Task<Load> LoadAsync(BareApiProcess app, string? key, string path, int connections, CancellationToken cancellationToken)
    {
        var cpu = CpuClock.SecondsOf(app.ProcessId);
        var load = await HttpLoad.RunAsync(app.Address, key, connections, () => new HttpRequestMessage(HttpMethod.Get, path), cancellationToken, Short);
        return new Load(load, 1_000_000 * (CpuClock.SecondsOf(app.ProcessId) - cpu) / Math.Max(1, load.All));
    }

    private static Load Median(IEnumerable<Load> loads) => loads.OrderBy(load => load.Http.RequestsPerSecond).ElementAt(Rounds / 2);

    private sealed record Load(HttpLoad Http, double MicrosecondsEach);
}
