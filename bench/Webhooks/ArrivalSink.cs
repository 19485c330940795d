using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ProspectOps.Cli.Running;

namespace ProspectOps.Bench.Webhooks;

/// <summary>Receives webhooks at any path and notes when each first came; the path <c>/hangs</c> answers nobody.</summary>
internal sealed class ArrivalSink : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<(string Path, string Id), long> _arrivals = new();

    private ArrivalSink(WebApplication server, Uri url) => (_server, Url) = (server, url);

    public Uri Url { get; }

    public static async Task<ArrivalSink> StartAsync(CancellationToken cancellationToken)
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Ports.Choose(19_200, 1)}");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var sink = new ArrivalSink(builder.Build(), new Uri(url));
        sink._server.Run(sink.NoteAsync);
        await sink._server.StartAsync(cancellationToken);
        return sink;
    }

    /// <summary>When the event came to the path, by <see cref="Stopwatch"/>; null where it has not.</summary>
    public long? ArrivalOf(string path, string id) => _arrivals.TryGetValue((path, id), out var at) ? at : null;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task NoteAsync(HttpContext http)
    {
        var id = http.Request.Headers["webhook-id"].ToString();
        using var body = new StreamReader(http.Request.Body);
        var text = await body.ReadToEndAsync(http.RequestAborted);
        if (http.Request.Path == "/hangs" && !text.StartsWith("{\"type\":\"endpoint.challenge\"", StringComparison.Ordinal))
            await Task.Delay(TimeSpan.FromSeconds(20), http.RequestAborted);
        _arrivals.TryAdd((http.Request.Path, id), Stopwatch.GetTimestamp());
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
