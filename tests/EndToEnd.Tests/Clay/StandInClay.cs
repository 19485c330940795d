using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ProspectOps.EndToEnd.Tests.Clay;

/// <summary>Clay, as far as its wire goes: webhook sources that take one flat object a request and drop without a word what is too much. Each test makes a workspace of its own.</summary>
/// <remarks>The limits are those that Clay's own pages and support give: 10 a second with a burst of 20 for a workspace, 100 KB a row, 50,000 rows in the life of a webhook.</remarks>
public sealed class StandInClay(int port) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ClayWebhook> _webhooks = new(StringComparer.Ordinal);
    private WebApplication? _server;
    private int _made;

    public int Port { get; } = port;

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"));
        _server = builder.Build();
        _server.MapPost("/v3/sources/webhook/{id}", (HttpContext http, string id) => _webhooks.TryGetValue(id, out var webhook) ? webhook.HandleAsync(http) : NotThereAsync(http));
        await _server.StartAsync();
    }

    /// <summary>A webhook source of a workspace; those of one workspace share its rate.</summary>
    public ClayWebhook NewWebhook(ClayWorkspace workspace)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"pull-in-data-{Interlocked.Increment(ref _made)}");
        return _webhooks[id] = new ClayWebhook(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/v3/sources/webhook/{id}")), workspace);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private static Task NotThereAsync(HttpContext http)
    {
        http.Response.StatusCode = 404;
        return Task.CompletedTask;
    }
}
