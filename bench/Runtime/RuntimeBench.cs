using System.Diagnostics;
using System.Globalization;
using Azure.Storage.Queues;
using ProspectOps.Bench.Http;
using ProspectOps.Bench.Reporting;
using ProspectOps.Cli;
using ProspectOps.Cli.Running;

namespace ProspectOps.Bench.Runtime;

/// <summary>What the runtime adds to Kestrel and to the storage SDK: the same work without it, in the same run.</summary>
internal sealed class RuntimeBench : IBench
{
    private const int Rounds = 3;
    // Few enough that the emulator's queue, which slows down as it grows, is not what is measured.
    private const int Messages = 400;
    private const int Batch = 32;
    // The host asks for more only while it has no more than its threshold of 16 at work.
    private const int Held = 17;
    private static readonly int[] Connections = [32, 500];

    public string Name => "runtime";

    public string Summary => "a function's requests and messages per second, against a bare minimal API and a plain loop with the SDK";

    public async Task RunAsync(BenchOptions options, Report report, CancellationToken cancellationToken)
    {
        await MeasureRequestsAsync(report, cancellationToken);
        await MeasureMessagesAsync(report, cancellationToken);
    }

    /// <summary>In turns, so that what else the machine does falls on both alike.</summary>
    private static async Task MeasureRequestsAsync(Report report, CancellationToken cancellationToken)
    {
        await using var bare = await BareApiProcess.StartAsync("bare-api", 19_200, cancellationToken);
        await using var runtime = await BareApiProcess.StartAsync("runtime-app", 19_300, cancellationToken);
        foreach (var connections in Connections)
        {
            var (plain, functions) = (new List<HttpLoad>(), new List<HttpLoad>());
            for (var round = 0; round < Rounds; round++)
            {
                plain.Add(await LoadAsync(bare));
                functions.Add(await LoadAsync(runtime));
            }
            var section = string.Create(CultureInfo.InvariantCulture, $"GET of a small object, {connections} connections, median of {Rounds}");
            var (own, others) = (Median(functions.Select(load => load.RequestsPerSecond)), Median(plain.Select(load => load.RequestsPerSecond)));
            report.Add(section, "function", own, "/s");
            report.Add(section, "function, 99th percentile", Median(functions.Select(load => load.P99Ms)), "ms");
            report.Add(section, "function, errors", functions.Sum(load => load.Errors), "");
            report.Add(section, "bare minimal API", others, "/s");
            report.Add(section, "function against bare", 100 * own / Math.Max(1, others), "%");

            Task<HttpLoad> LoadAsync(BareApiProcess server) => HttpLoad.RunAsync(
                server.Address, null, connections, () => new HttpRequestMessage(HttpMethod.Get, "/api/health/live"), cancellationToken);
        }
    }

    private static async Task MeasureMessagesAsync(Report report, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("prospectops-bench-");
        await using var azurite = await AzuriteProcess.StartAsync(
            Checkout.Find().AzuriteScript, Path.Combine(folder.FullName, "azurite"), Ports.Choose(20_200, Ports.StorageCount), cancellationToken);
        var (plain, functions) = (new List<double>(), new List<double>());
        var (count, queue, other) = (new MessageCount(), NewQueue(azurite, "function"), NewQueue(azurite, "plain"));
        using var host = RuntimeApp.Build(folder.FullName, count, "http://127.0.0.1:0", $"AzureWebJobsStorage={azurite.ConnectionString}", $"BenchQueue={queue.Name}");
        await host.StartAsync(cancellationToken);
        // The first round warms both up.
        for (var round = 0; round <= Rounds; round++)
        {
            var own = await RateOfFunctionAsync(queue, count, cancellationToken);
            var others = await RateOfLoopAsync(other, cancellationToken);
            if (round == 0)
                continue;
            functions.Add(own);
            plain.Add(others);
        }
        await host.StopAsync(cancellationToken);
        var section = string.Create(CultureInfo.InvariantCulture, $"queue of {Messages} messages, median of {Rounds}");
        report.Add(section, "function with an empty body", Median(functions), "/s");
        report.Add(section, "receive 32 and delete each", Median(plain), "/s");
        report.Add(section, "function against loop", 100 * Median(functions) / Math.Max(1, Median(plain)), "%");
    }

    /// <summary>A full queue before a gate that holds the first messages; what is timed is all that come after those.</summary>
    private static async Task<double> RateOfFunctionAsync(QueueClient queue, MessageCount count, CancellationToken cancellationToken)
    {
        count.Close();
        await FillAsync(queue, cancellationToken);
        while (count.Begun < Held)
            await Task.Delay(1, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        count.Open();
        while (count.Begun < Messages || (await queue.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount > 0)
            await Task.Delay(5, cancellationToken);
        return Messages / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>As the simplest loop does it: a batch, all its deletions at once, the next batch. What the function holds at its start is received before.</summary>
    private static async Task<double> RateOfLoopAsync(QueueClient queue, CancellationToken cancellationToken)
    {
        await FillAsync(queue, cancellationToken);
        var messages = (await queue.ReceiveMessagesAsync(Batch, cancellationToken: cancellationToken)).Value;
        var started = Stopwatch.GetTimestamp();
        while (messages.Length > 0)
        {
            await Task.WhenAll(messages.Select(message => queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken)));
            messages = (await queue.ReceiveMessagesAsync(Batch, cancellationToken: cancellationToken)).Value;
        }
        return Messages / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static QueueClient NewQueue(AzuriteProcess azurite, string name) =>
        new(azurite.ConnectionString, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    private static async Task FillAsync(QueueClient queue, CancellationToken cancellationToken)
    {
        await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await Parallel.ForAsync(0, Messages, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken },
            async (i, cancellation) => await queue.SendMessageAsync($"message {i}", cancellation));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
