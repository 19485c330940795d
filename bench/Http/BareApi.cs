using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ProspectOps.Bench.Http;

/// <summary>What ASP.NET Core alone does: no key is asked for, nothing is looked up. It runs in a process of its own, as the app does.</summary>
internal static class BareApi
{
    // About as long as what the app answers to the same request.
    private static readonly string Stage = new('x', 900);

    public static async Task RunAsync(string port)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        await using var app = builder.Build();
        app.MapGet("/api/health/live", () => Results.Json(new { status = "alive" }));
        app.MapGet("/api/workflows/{id}", (string id) => Results.Json(new { workflowId = id, text = Stage }));
        app.MapPost("/api/prospects/analyze", (JsonElement body) => Results.Json(new { body, text = Stage }));
        await app.StartAsync();
        // Whoever started it has ended when this does.
        await Console.In.ReadToEndAsync();
    }
}
