using System.Diagnostics;

namespace ProspectOps.Bench.Http;

/// <summary>What a server did under requests from a fixed number of connections, each sending the next when it has its answer.</summary>
/// <param name="Errors">Answers other than 2xx, and connections that broke.</param>
/// <param name="All">Requests sent, those of the warm-up too: what processor time is divided by.</param>
internal sealed record HttpLoad(double RequestsPerSecond, double MedianMs, double P99Ms, long Errors, long All)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Usually = TimeSpan.FromSeconds(3);

    /// <param name="measured">Three seconds where not given.</param>
    public static async Task<HttpLoad> RunAsync(
        Uri server, string? apiKey, int connections, Func<HttpRequestMessage> request, CancellationToken cancellationToken, TimeSpan? measured = null)
    {
        var length = measured ?? Usually;
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = server, Timeout = TimeSpan.FromSeconds(20) };
        if (apiKey is not null)
            http.DefaultRequestHeaders.Add("X-API-Key", apiKey);
        var started = Stopwatch.GetTimestamp();
        var each = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => OneAsync(http, request, started, length, cancellationToken), cancellationToken)));
        double[] latencies = [.. each.SelectMany(one => one.Latencies).Order()];
        if (latencies.Length == 0)
            return new HttpLoad(0, 0, 0, each.Sum(one => one.Errors), each.Sum(one => one.All));
        return new HttpLoad(latencies.Length / length.TotalSeconds, latencies[latencies.Length / 2], latencies[latencies.Length * 99 / 100], each.Sum(one => one.Errors), each.Sum(one => one.All));
    }

    private static async Task<(List<double> Latencies, long Errors, long All)> OneAsync(HttpClient http, Func<HttpRequestMessage> request, long started, TimeSpan measured, CancellationToken cancellationToken)
    {
        var latencies = new List<double>();
        var (errors, all) = (0L, 0L);
        while (Stopwatch.GetElapsedTime(started) < WarmUp + measured)
        {
            var sent = Stopwatch.GetTimestamp();
            var succeeded = false;
            all++;
            try
            {
                using var message = request();
                using var reply = await http.SendAsync(message, cancellationToken);
                succeeded = reply.IsSuccessStatusCode;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // Counted below.
            }
            if (!succeeded)
                errors++;
            else if (Stopwatch.GetElapsedTime(started) is var now && now > WarmUp && now <= WarmUp + measured)
                latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }
        return (latencies, errors, all);
    }
}
