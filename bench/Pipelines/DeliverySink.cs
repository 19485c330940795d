using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ProspectOps.Cli.Running;

namespace ProspectOps.Bench.Pipelines;

/// <summary>Receives webhooks, reads them to their end and counts them.</summary>
internal sealed class DeliverySink : IAsyncDisposable
{
    private readonly WebApplication _server;
    private long _received;
    private long _bytes;

    private DeliverySink(WebApplication server, Uri url) => (_server, Url) = (server, url);

    public Uri Url { get; }

    public long Received => Interlocked.Read(ref _received);

    public long Bytes => Interlocked.Read(ref _bytes);

    public static async Task<DeliverySink> StartAsync(CancellationToken cancellationToken)
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Ports.Choose(19_100, 1)}");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var sink = new DeliverySink(builder.Build(), new Uri($"{url}/hook"));
        sink._server.Run(sink.CountAsync);
        await sink._server.StartAsync(cancellationToken);
        return sink;
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task CountAsync(HttpContext http)
    {
        long length = 0;
        while (await http.Request.BodyReader.ReadAsync(http.RequestAborted) is var read)
        {
            length += read.Buffer.Length;
            http.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }
        Interlocked.Increment(ref _received);
        Interlocked.Add(ref _bytes, length);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
