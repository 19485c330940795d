using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using ProspectOps.Platform;

namespace ProspectOps.Bench.Http;

/// <summary>A minimal API that reads the row of <see cref="AuthFunctions"/> with the same client and asks for no key, in a process of its own.</summary>
internal static class BareRowApi
{
    public const string Command = "bare-row";

    /// <param name="settings">As <c>name=value</c>.</param>
    public static async Task RunAsync(string port, string[] settings)
    {
        var builder = WebApplication.CreateBuilder([.. settings.Select(setting => $"--{setting}")]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddPlatform(builder.Configuration);
        await using var app = builder.Build();
        app.MapGet("/api/bench/row", (Delegate)AuthFunctions.ReadAsync);
        await app.StartAsync();
        // Whoever started it has ended when this does.
        await Console.In.ReadToEndAsync();
    }
}
