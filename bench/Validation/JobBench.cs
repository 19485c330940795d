using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ProspectOps.Bench.Pipelines;
using ProspectOps.Bench.Reporting;
using ProspectOps.Bench.Running;

namespace ProspectOps.Bench.Validation;

/// <summary>A job of so many addresses without SMTP, then the same again with the cache warm; three fifths of the addresses are in 50 domains, each other one in a domain of its own.</summary>
/// <remarks>A warm name server of the benchmark's own knows every domain: each is asked about once, when the cache is cold.</remarks>
internal sealed class JobBench(int addresses) : IBench
{
    private const int Popular = 50;

    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"validation-job-{addresses}");

    public string Summary { get; } = string.Create(CultureInfo.InvariantCulture, $"{addresses:#,0} addresses checked as a job, and again from the cache: time, storage calls, memory, CPU");

    public async Task RunAsync(BenchOptions options, Report report, CancellationToken cancellationToken)
    {
        using var dns = new LoopbackDns();
        await using var rig = await Rig.StartAsync(null, cancellationToken, ("Validation__DnsServers", dns.Address));
        var csv = Csv();
        var cold = await RunAsync(rig, csv, "cold", report, cancellationToken);
        var warm = await RunAsync(rig, csv, "cache warm", report, cancellationToken);
        report.Add("cache warm", "cold against warm", cold.Seconds / warm.Seconds, "times");
        var peak = StorageCalls.Of(await rig.MetricsAsync(cancellationToken), rig.StoragePort).PeakBytes;
        report.Add("memory", "peak of the app, resident", peak / 1_048_576, "MiB");

        await rig.StopAppAsync();
        var plain = await PlainStorage.MeasureAsync(rig.Azurite.ConnectionString, cold.Reads, cold.Writes, cancellationToken);
        report.Add("plain storage, same Azurite and client", "point reads", plain.ReadsPerSecond, "/s");
        report.Add("plain storage, same Azurite and client", "transactions of 20 rows", plain.TransactionsPerSecond, "/s");
        var floor = plain.SecondsFor(cold.Reads, cold.Writes);
        report.Add("plain storage, same Azurite and client", "the cold job's table calls as such", floor, "s");
        report.Add("plain storage, same Azurite and client", "the cold job against that", cold.Seconds / floor, "times");
    }

    private async Task<(double Seconds, long Reads, long Writes)> RunAsync(Rig rig, byte[] csv, string section, Report report, CancellationToken cancellationToken)
    {
        var before = StorageCalls.Of(await rig.MetricsAsync(cancellationToken), rig.StoragePort);
        var (appBefore, azuriteBefore) = (CpuClock.SecondsOf(rig.App.ProcessId), CpuClock.SecondsOf(rig.Azurite.ProcessId));
        var started = Stopwatch.GetTimestamp();
        using var file = new ByteArrayContent(csv) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        var job = await EndAsync(rig, (await rig.PostAsync("validation/jobs", file, cancellationToken)).GetProperty("jobId").GetString()!, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;

        var calls = StorageCalls.Of(await rig.MetricsAsync(cancellationToken), rig.StoragePort).Since(before);
        report.Add(section, "from upload to the end", seconds, "s");
        report.Add(section, "addresses per second", addresses / seconds, "/s");
        var cache = job.GetProperty("cache");
        report.Add(section, "from the cache", 100.0 * cache.GetProperty("hits").GetInt64() / addresses, "%");
        report.Add(section, "storage calls", calls.Total, "");
        report.Add(section, "storage calls per 1,000 addresses", calls.Total * 1_000.0 / addresses, "");
        report.Add(section, "CPU of the app", CpuClock.SecondsOf(rig.App.ProcessId) - appBefore, "s");
        report.Add(section, "CPU of Azurite", CpuClock.SecondsOf(rig.Azurite.ProcessId) - azuriteBefore, "s");

        started = Stopwatch.GetTimestamp();
        await using var results = await rig.Http.GetStreamAsync(new Uri($"/api/validation/jobs/{job.GetProperty("jobId").GetString()}/results", UriKind.Relative), cancellationToken);
        await results.CopyToAsync(Stream.Null, cancellationToken);
        report.Add(section, "reading the results", Stopwatch.GetElapsedTime(started).TotalSeconds, "s");
        return (seconds, calls.TableReads, calls.TableWrites);
    }

    private static async Task<JsonElement> EndAsync(Rig rig, string jobId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var job = await rig.GetAsync($"validation/jobs/{jobId}", cancellationToken);
            switch (job.GetProperty("status").GetString())
            {
                case "Completed": return job;
                case "CompletedWithErrors" or "Canceled": throw new InvalidOperationException($"The job has not completed: {job}");
                default: await Task.Delay(100, cancellationToken); break;
            }
        }
    }

    private byte[] Csv()
    {
        var csv = new StringBuilder("email,name\n");
        for (var i = 0; i < addresses; i++)
        {
            var domain = i % 5 < 3 ? i % Popular : Popular + i;
            csv.Append(CultureInfo.InvariantCulture, $"person{i}@domain{domain}.com,Person {i}\n");
        }
        return Encoding.UTF8.GetBytes(csv.ToString());
    }
}
