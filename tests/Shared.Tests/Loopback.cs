using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ProspectOps.Tests;

/// <summary>A real web server on 127.0.0.1 that keeps what it is sent and answers as a test says.</summary>
internal sealed class Loopback : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedRequest> _received = new();

    private Loopback(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    public IReadOnlyList<ReceivedRequest> Received => [.. _received];

    /// <summary>How it answers; 204 where a test says nothing.</summary>
    public Func<HttpContext, ReceivedRequest, Task> Answer { get; set; } = Status(204);

    public static async Task<Loopback> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new Loopback(app);
        app.Run(server.HandleAsync);
        await app.StartAsync();
        return server;
    }

    public static Func<HttpContext, ReceivedRequest, Task> Status(int status) => (http, _) =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>Answers by what it is asked.</summary>
    public void Answers(Func<ReceivedRequest, int> status) => Answer = (http, request) => Status(status(request))(http, request);

    public void Forget() => _received.Clear();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var request = new ReceivedRequest(
            http.Request.Method,
            http.Request.Path + http.Request.QueryString,
            http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
        _received.Enqueue(request);
        await Answer(http, request);
    }
}
