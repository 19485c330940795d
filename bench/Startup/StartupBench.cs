using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using ProspectOps.Bench.Reporting;
using ProspectOps.Bench.Running;

namespace ProspectOps.Bench.Startup;

/// <summary>From the start of the app's process to its first answers, on an Azurite that is up and holds data.</summary>
internal sealed class StartupBench : IBench
{
    private const int Runs = 5;

    public string Name => "startup";

    public string Summary => "start of the app's process to its first answers, median of 5";

    public async Task RunAsync(BenchOptions options, Report report, CancellationToken cancellationToken)
    {
        await using var rig = await Rig.StartAsync(deliverTo: null, cancellationToken);
        using var request = JsonContent.Create(new
        {
            name = "bench",
            industry = "casino",
            prospects = (object[])[new { email = "ann@casino-1.example", firstName = "Ann", title = "Head of CRM", company = "Casino 1" }],
        });
        await rig.RunPipelineAsync(request, cancellationToken);
        var (live, healthy, cpu) = (new List<double>(), new List<double>(), new List<double>());
        for (var run = 1; run <= Runs; run++)
        {
            await rig.StopAppAsync();
            var started = Stopwatch.GetTimestamp();
            rig.StartApp();
            await AnswersAsync(rig, "/api/health/live", cancellationToken);
            live.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            cpu.Add(CpuClock.SecondsOf(rig.App.ProcessId));
            await AnswersAsync(rig, "/api/health", cancellationToken);
            healthy.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            report.Add("each run", string.Create(CultureInfo.InvariantCulture, $"{run}: first answer"), live[^1], "s");
        }
        report.Add("median", "first answer (/api/health/live)", Median(live), "s");
        report.Add("median", "healthy (/api/health)", Median(healthy), "s");
        report.Add("median", "CPU of the app until its first answer", Median(cpu), "s");
    }

    private static async Task AnswersAsync(Rig rig, string path, CancellationToken cancellationToken)
    {
        var limit = Stopwatch.StartNew();
        while (limit.Elapsed < TimeSpan.FromMinutes(1))
        {
            try
            {
                using var reply = await rig.Http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
                if (reply.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(10, cancellationToken);
        }
        throw new InvalidOperationException($"{path} has not answered within a minute.");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
