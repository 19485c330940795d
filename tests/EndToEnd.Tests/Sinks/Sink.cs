using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace ProspectOps.EndToEnd.Tests.Sinks;

/// <summary>A server that receives events. Each test opens an inbox of its own.</summary>
public sealed class Sink(int port) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Inbox> _inboxes = new(StringComparer.Ordinal);
    private WebApplication? _server;
    private int _opened;

    public int Port { get; } = port;

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"));
        _server = builder.Build();
        _server.MapPost("/{name}", async (Microsoft.AspNetCore.Http.HttpContext http, string name) => await _inboxes[name].HandleAsync(http));
        await _server.StartAsync();
    }

    public Inbox Open()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"inbox-{Interlocked.Increment(ref _opened)}");
        return _inboxes[name] = new Inbox(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/{name}")));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
