using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using ProspectOps.Cli;
using ProspectOps.Cli.Running;

namespace ProspectOps.Bench.Running;

/// <summary>A fresh Azurite and the app on it, in a folder that goes when it goes.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(90);

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("prospectops-bench-");
    private readonly Checkout _checkout = Checkout.Find();
    private readonly DataFolder _folder;
    private readonly IDisposable _lock;
    private readonly AppLog _log;
    private readonly Uri? _deliverTo;
    private readonly (string Name, string Value)[] _settings;
    private AzuriteProcess? _azurite;
    private AppProcess? _app;

    private Rig(Uri? deliverTo, (string Name, string Value)[] settings)
    {
        (_deliverTo, _settings) = (deliverTo, settings);
        _folder = new DataFolder(_root.FullName);
        _lock = _folder.TryLock("bench")!;
        _log = new AppLog(_folder.AppLog, show: null);
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Ports.Choose(18_071, 1)}"));
        Http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(5) };
    }

    public Uri Address { get; }

    /// <summary>With the key that may do everything, once the app has made it.</summary>
    public HttpClient Http { get; }

    public AzuriteProcess Azurite => _azurite ?? throw new InvalidOperationException("Azurite is not started.");

    public AppProcess App => _app ?? throw new InvalidOperationException("The app is not started.");

    /// <summary>Blobs, queues and tables listen on this port and the next two.</summary>
    public int StoragePort { get; } = Ports.Choose(20_100, Ports.StorageCount);

    /// <summary>What the app made to seal secrets with.</summary>
    public string SecretKeys => File.ReadAllText(System.IO.Path.Combine(_root.FullName, "secret-keys")).Trim();

    public string ApiKey => _folder.ApiKey() ?? throw new InvalidOperationException("The app made no key.");

    /// <param name="settings">Of the app's environment, beyond those that <c>up</c> gives it.</param>
    public static async Task<Rig> StartAsync(Uri? deliverTo, CancellationToken cancellationToken, params (string Name, string Value)[] settings)
    {
        var rig = new Rig(deliverTo, settings);
        try
        {
            rig._azurite = await AzuriteProcess.StartAsync(rig._checkout.AzuriteScript, rig._folder.Azurite, rig.StoragePort, cancellationToken);
            rig.StartApp();
            if (!await rig.App.BecomesHealthyAsync(rig.Http, rig.Address, StartPatience, cancellationToken))
                throw new InvalidOperationException($"The app ended: {string.Join(Environment.NewLine, rig._log.WhatFailed())}");
            rig.Http.DefaultRequestHeaders.Add("X-API-Key", rig.ApiKey);
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    public void StartApp()
    {
        var environment = AppEnvironment.Of(Azurite.ConnectionString, Address, _folder, _deliverTo);
        foreach (var (name, value) in _settings)
            environment[name] = value;
        _app = AppProcess.Start(_checkout.App, environment, _log);
    }

    public async Task StopAppAsync()
    {
        await App.DisposeAsync();
        _app = null;
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) => Http.GetFromJsonAsync<JsonElement>($"/api/{path}", cancellationToken);

    public Task<string> MetricsAsync(CancellationToken cancellationToken) => Http.GetStringAsync(new Uri("/api/metrics", UriKind.Relative), cancellationToken);

    /// <exception cref="InvalidOperationException">It was refused; the message says how.</exception>
    public async Task<JsonElement> PostAsync(string path, HttpContent content, CancellationToken cancellationToken)
    {
        using var reply = await Http.PostAsync(new Uri($"/api/{path}", UriKind.Relative), content, cancellationToken);
        var text = await reply.Content.ReadAsStringAsync(cancellationToken);
        if (!reply.IsSuccessStatusCode)
            throw new InvalidOperationException($"POST {path} answered {(int)reply.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Starts a pipeline and waits until it has ended.</summary>
    /// <returns>Its last state.</returns>
    public async Task<JsonElement> RunPipelineAsync(HttpContent request, CancellationToken cancellationToken)
    {
        var started = await PostAsync("workflows/complete-pipeline", request, cancellationToken);
        var path = $"workflows/{started.GetProperty("workflowId").GetString()}";
        while (true)
        {
            var workflow = await GetAsync(path, cancellationToken);
            switch (workflow.GetProperty("status").GetString())
            {
                case "Completed": return workflow;
                case "Failed" or "Canceled": throw new InvalidOperationException($"The pipeline has not completed: {workflow}");
                default: await Task.Delay(500, cancellationToken); break;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        if (_azurite is not null)
            await _azurite.DisposeAsync();
        _log.Dispose();
        Http.Dispose();
        _lock.Dispose();
        _root.Delete(recursive: true);
    }
}
