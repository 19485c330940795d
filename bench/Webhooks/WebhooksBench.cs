using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProspectOps.Bench.Pipelines;
using ProspectOps.Bench.Reporting;
using ProspectOps.Bench.Running;
using ProspectOps.Operations;
using ProspectOps.Platform;
using ProspectOps.Tenancy;
using ProspectOps.Webhooks;

namespace ProspectOps.Bench.Webhooks;

/// <summary>Two phases, sent first and then checked at arrival: 10,000 deliveries over 10 endpoints at once, and half of the aim, 500 a second, for a while; the latter once more while an eleventh endpoint hangs.</summary>
/// <remarks>The publisher is in this process: the app's listener is not woken, as it is by events of its own, and finds them when it polls. Its pause is part of the latencies.</remarks>
internal sealed class WebhooksBench : IBench
{
    private const int Endpoints = 10;
    private const int Packs = 20;
    // 500 deliveries a second as they come from a running system: ten events five times a second, not a heap of them once.
    private const int PacedPacks = 75;
    private const int EventsInPacedPack = 10;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public string Name => "webhooks";

    public string Summary => "10,000 deliveries over 10 endpoints: rate, latency at 500/s, storage calls, and a neighbour that hangs";

    public async Task RunAsync(BenchOptions options, Report report, CancellationToken cancellationToken)
    {
        await using var sink = await ArrivalSink.StartAsync(cancellationToken);
        await using var rig = await Rig.StartAsync(sink.Url, cancellationToken);
        await using var services = Services(rig);
        var publisher = services.GetRequiredService<EventPublisher>();
        var paths = Enumerable.Range(0, Endpoints).Select(number => string.Create(CultureInfo.InvariantCulture, $"/e{number}")).ToArray();
        foreach (var path in paths)
            await AddEndpointAsync(rig, new Uri(sink.Url, path), cancellationToken);

        await PublishAsync(publisher, "warm", EventBatch.MostEvents, cancellationToken);
        await ArriveAsync(sink, paths, ["warm"], EventBatch.MostEvents, cancellationToken);

        var before = StorageCalls.Of(await rig.MetricsAsync(cancellationToken), rig.StoragePort);
        var began = Stopwatch.GetTimestamp();
        var packs = Enumerable.Range(0, Packs).Select(pack => string.Create(CultureInfo.InvariantCulture, $"burst{pack}")).ToArray();
        foreach (var pack in packs)
            await PublishAsync(publisher, pack, EventBatch.MostEvents, cancellationToken);
        var arrivals = await ArriveAsync(sink, paths, packs, EventBatch.MostEvents, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(began, arrivals.Max(arrival => arrival.At)).TotalSeconds;
        // What follows an arrival is written a moment later.
        await Task.Delay(TimeSpan.FromSeconds(2), cancellationToken);
        var calls = StorageCalls.Of(await rig.MetricsAsync(cancellationToken), rig.StoragePort).Since(before);
        var deliveries = Packs * EventBatch.MostEvents * Endpoints;
        // The publisher is in this process; its calls are those that EventPublisher states.
        var planning = Packs * (4 + 3 * Endpoints);

        report.Add("all at once", "deliveries", deliveries, "");
        report.Add("all at once", "delivered", deliveries / seconds, "/s");
        report.Add("all at once", "storage calls of the app per delivery", (double)calls.Total / deliveries, "");
        report.Add("all at once", "with those of planning", (double)(calls.Total + planning) / deliveries, "");
        report.Add("all at once", "peak memory of the app", calls.PeakBytes / 1_048_576, "MiB");

        // Not counted: the publisher is another process than the app, whose queue has been empty for a while and is asked again after up to 2 s.
        await PaceAsync(publisher, sink, paths, "warm", cancellationToken);
        var (p50, p95, p99) = await PaceAsync(publisher, sink, paths, "paced", cancellationToken);
        report.Add("at 500/s", "from publishing to arrival, p50", p50, "ms");
        report.Add("at 500/s", "p95", p95, "ms");
        report.Add("at 500/s", "p99", p99, "ms");

        await AddEndpointAsync(rig, new Uri(sink.Url, "/hangs"), cancellationToken);
        var (_, p95Beside, p99Beside) = await PaceAsync(publisher, sink, paths, "beside", cancellationToken);
        report.Add("at 500/s, one endpoint hangs", "the others' p95", p95Beside, "ms");
        report.Add("at 500/s, one endpoint hangs", "moved by", (p95Beside / p95 - 1) * 100, "%");
        report.Add("at 500/s, one endpoint hangs", "p99", p99Beside, "ms");

        await rig.StopAppAsync();
        report.Add("plain HttpClient loop, same receiver", "signed posts, 32 at once", await PlainAsync(sink, cancellationToken), "/s");
    }

    private static async Task<(double P50, double P95, double P99)> PaceAsync(EventPublisher publisher, ArrivalSink sink, string[] paths, string name, CancellationToken cancellationToken)
    {
        var sent = new Dictionary<string, long>();
        using var pace = new PeriodicTimer(Pace);
        for (var pack = 0; pack < PacedPacks; pack++)
        {
            await pace.WaitForNextTickAsync(cancellationToken);
            var key = string.Create(CultureInfo.InvariantCulture, $"{name}{pack}");
            sent[key] = Stopwatch.GetTimestamp();
            await PublishAsync(publisher, key, EventsInPacedPack, cancellationToken);
        }
        var latencies = (await ArriveAsync(sink, paths, [.. sent.Keys], EventsInPacedPack, cancellationToken)).Select(arrival => Stopwatch.GetElapsedTime(sent[arrival.Pack], arrival.At).TotalMilliseconds).Order().ToArray();
        return (latencies[latencies.Length / 2], latencies[latencies.Length * 95 / 100], latencies[latencies.Length * 99 / 100]);
    }

    private static Task<string> PublishAsync(EventPublisher publisher, string pack, int count, CancellationToken cancellationToken) => publisher.PublishAsync(
        [.. Enumerable.Range(0, count).Select(number => new ProspectOps.Webhooks.TenantEvent(TenantId.Default, EventTypes.QuotaWarning, Key(pack, number), new { pack, number, text = new string('x', 1_000) }))], cancellationToken);

    private static string Key(string pack, int number) => string.Create(CultureInfo.InvariantCulture, $"{pack}|{number}");

    /// <summary>Waits until every event has come to every endpoint.</summary>
    private static async Task<List<(string Pack, long At)>> ArriveAsync(ArrivalSink sink, string[] paths, string[] packs, int count, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var arrivals = new List<(string Pack, long At)>();
        foreach (var pack in packs)
        {
            for (var number = 0; number < count; number++)
            {
                var id = EventBatch.EventIdOf(TenantId.Default, "tenant", EventTypes.QuotaWarning, Key(pack, number));
                foreach (var path in paths)
                {
                    long? at;
                    while ((at = sink.ArrivalOf(path, id)) is null)
                    {
                        if (Stopwatch.GetElapsedTime(started) > Patience)
                            throw new InvalidOperationException($"{Key(pack, number)} has not come to {path}.");
                        await Task.Delay(10, cancellationToken);
                    }
                    arrivals.Add((pack, at.Value));
                }
            }
        }
        return arrivals;
    }

    private static async Task AddEndpointAsync(Rig rig, Uri url, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(new { url = url.AbsoluteUri, events = (string[])["*"] });
        var id = (await rig.PostAsync("webhooks/endpoints", content, cancellationToken)).GetProperty("endpointId").GetString();
        while ((await rig.GetAsync($"webhooks/endpoints/{id}", cancellationToken)).GetProperty("status").GetString() != "active")
            await Task.Delay(50, cancellationToken);
    }

    private static ServiceProvider Services(Rig rig)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["AzureWebJobsStorage"] = rig.Azurite.ConnectionString, ["Secrets:Keys"] = rig.SecretKeys }).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration).AddLogging().AddPlatform(configuration).AddOperations().AddWebhooks(configuration);
        return services.BuildServiceProvider();
    }

    private static async Task<double> PlainAsync(ArrivalSink sink, CancellationToken cancellationToken)
    {
        const int Posts = 10_000;
        using var http = new HttpClient();
        var key = RandomNumberGenerator.GetBytes(32);
        var body = Encoding.UTF8.GetBytes(new string('x', 1_100));
        var began = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, Posts), new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = cancellationToken }, async (number, token) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(sink.Url, "/plain")) { Content = new ByteArrayContent(body) };
            request.Headers.Add("webhook-id", number.ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, body)));
            using var answer = await http.SendAsync(request, token);
        });
        return Posts / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
