using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>A process of tests/LocalRuntime.Process.</summary>
internal sealed class HubProcess : IAsyncDisposable
{
    private static readonly string Assembly = Path.Combine(
        RepositoryRoot.Path, "tests", "LocalRuntime.Process", AppContext.BaseDirectory[(AppContext.BaseDirectory.LastIndexOf("/bin/", StringComparison.Ordinal) + 1)..], "ProspectOps.LocalRuntime.Process.dll");

    private readonly Process _process;
    private readonly HttpClient _http;
    private readonly ConcurrentQueue<string> _log = new();

    private HubProcess(Process process, Uri address)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = address, Timeout = Patience.Usual };
        process.OutputDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static async Task<HubProcess> StartAsync(string storage)
    {
        var address = new Uri($"http://127.0.0.1:{FreePorts.Take(1)}/");
        var start = new ProcessStartInfo("dotnet", [Assembly, "--urls", address.ToString()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AzureWebJobsStorage"] = storage;
        start.Environment["LocalRuntime__RequireKeys"] = "false";
        var process = new HubProcess(Process.Start(start)!, address);
        await process.UntilLogAsync("Durable engine started");
        return process;
    }

    public async Task PostAsync(string path)
    {
        using var reply = await _http.PostAsync(new Uri(path, UriKind.Relative), null);
        Assert.True(reply.StatusCode == HttpStatusCode.Accepted, $"{path}: {reply.StatusCode}{Environment.NewLine}{string.Join(Environment.NewLine, _log.TakeLast(20))}");
    }

    public async Task UntilAsync(string id, Func<JsonNode, bool> condition)
    {
        var waited = Stopwatch.StartNew();
        JsonNode? state = null;
        while (true)
        {
            using var reply = await _http.GetAsync(new Uri($"runtime/webhooks/durabletask/instances/{id}", UriKind.Relative));
            if (reply.IsSuccessStatusCode && condition(state = JsonNode.Parse(await reply.Content.ReadAsStringAsync())!))
                return;
            Assert.True(waited.Elapsed < Patience.Usual, $"{id} is {state} ({reply.StatusCode}) after:{Environment.NewLine}{string.Join(Environment.NewLine, _log)}");
            await Task.Delay(50);
        }
    }

    /// <summary>Waits for a line that holds one of the texts.</summary>
    public async Task UntilLogAsync(params string[] texts)
    {
        var waited = Stopwatch.StartNew();
        while (!_log.Any(line => texts.Any(text => line.Contains(text, StringComparison.Ordinal))))
        {
            Assert.True(waited.Elapsed < Patience.Usual && !_process.HasExited, $"Nothing of {string.Join(" | ", texts)} in:{Environment.NewLine}{string.Join(Environment.NewLine, _log)}");
            await Task.Delay(20);
        }
    }

    public int Count(string text) => _log.Count(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        _http.Dispose();
    }
}
