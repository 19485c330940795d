using System.Globalization;

namespace ProspectOps.Cli.Running;

/// <summary>Azurite and the app on this machine. The app is started again when it dies alone; both go when this goes.</summary>
internal sealed class LocalPlatform : IAsyncDisposable
{
    private static readonly TimeSpan LeftoverPatience = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan HealthPatience = TimeSpan.FromSeconds(90);

    private readonly LocalPlatformSettings _settings;
    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly RestartPause _pause = new();
    private IDisposable? _lock;
    private AppLog? _log;
    private AzuriteProcess? _azurite;
    private AppProcess? _app;
    private Task<string>? _supervision;

    private LocalPlatform(LocalPlatformSettings settings) => _settings = settings;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public string ApiKey { get; private set; } = "";

    /// <summary>Completes with the reason when the platform cannot go on.</summary>
    public Task<string> Broken => _supervision ?? throw new InvalidOperationException("Not started.");

    /// <returns><see langword="null"/> where another process has the folder.</returns>
    /// <exception cref="CommandFailedException">It cannot start; the message says why.</exception>
    public static async Task<LocalPlatform?> TryStartAsync(LocalPlatformSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Folder.TryLock(settings.Command) is not { } folderLock)
            return null;
        var platform = new LocalPlatform(settings) { _lock = folderLock };
        try
        {
            await platform.StartAsync(cancellationToken);
            return platform;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_supervision is not null)
            await ((Task)_supervision).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _settings.Folder.ForgetAddress();
        if (_app is not null)
            await _app.DisposeAsync();
        _settings.Folder.ForgetAppPid();
        if (_azurite is not null)
            await _azurite.DisposeAsync();
        _log?.Dispose();
        _http.Dispose();
        _stopping.Dispose();
        _lock?.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var folder = _settings.Folder;
        RequireFile(_settings.AzuriteScript, "Azurite is not installed: run `npm ci`, or start through ./prospectops, which does.");
        RequireFile(_settings.AppPath, $"The app is not built: {_settings.AppPath} is missing. Start through ./prospectops, which builds it.");
        folder.ForgetAddress();     // a crash may have left it
        await LeftoverProcess.WaitForEndAsync("app", folder.AppPid, _settings.AppPath, LeftoverPatience, _settings.Note, cancellationToken);
        await LeftoverProcess.WaitForEndAsync("Azurite", folder.AzuritePid, folder.Azurite, LeftoverPatience, _settings.Note, cancellationToken);

        var port = PortFor(_settings.Port, Ports.App, 1, "--port");
        var storagePort = PortFor(_settings.StoragePort, Ports.Storage, Ports.StorageCount, "--storage-port");
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

        _settings.Note($"Starting Azurite and the app on {folder.Path} …");
        _azurite = await StartAzuriteAsync(storagePort, cancellationToken);
        _log = new AppLog(folder.AppLog, _settings.ShowLog);
        _app = StartApp();
        if (!await _app.BecomesHealthyAsync(_http, Address, HealthPatience, cancellationToken))
            throw new CommandFailedException($"The app ended while it started ({_app.HowItEnded}). Its last lines, of {folder.AppLog}:{LastLines()}");
        ApiKey = folder.ApiKey()
            ?? throw new CommandFailedException($"The app is healthy but made no key in {folder.KeyFile}.");
        folder.WriteAddress(Address);
        _supervision = SuperviseAsync(_stopping.Token);
    }

    private async Task<AzuriteProcess> StartAzuriteAsync(int storagePort, CancellationToken cancellationToken)
    {
        try
        {
            return await AzuriteProcess.StartAsync(_settings.AzuriteScript, _settings.Folder.Azurite, storagePort, cancellationToken);
        }
        catch (InvalidOperationException e)
        {
            throw new CommandFailedException(e.Message);
        }
    }

    private AppProcess StartApp()
    {
        var app = AppProcess.Start(_settings.AppPath, AppEnvironment.Of(_azurite!.ConnectionString, Address, _settings.Folder, _settings.DeliverTo), _log!);
        _settings.Folder.WriteAppPid(app.ProcessId);
        return app;
    }

    /// <returns>Why the platform cannot go on; empty when it was stopped.</returns>
    private async Task<string> SuperviseAsync(CancellationToken stopping)
    {
        var healthy = true;
        var stopped = Task.Delay(Timeout.Infinite, stopping);
        while (true)
        {
            await Task.WhenAny(stopped, _azurite!.Exited, _app!.Exited);
            if (stopping.IsCancellationRequested)
                return "";
            if (_azurite.Exited.IsCompleted)
                return "Azurite ended although nobody asked it to; what it had not saved yet (at most 5 s) is lost. Start again to go on from there.";

            var pause = _pause.After(healthy);
            _settings.Note($"The app ended ({_app.HowItEnded}). Starting it again {(pause.TotalSeconds < 1 ? "now" : $"in {pause.TotalSeconds:0} s")}; Azurite runs on.");
            if (_pause.FailedStarts >= 2)
                _settings.Note($"It has now ended {_pause.FailedStarts} times while it started. Its last lines, of {_settings.Folder.AppLog}:{LastLines()}");
            try
            {
                healthy = await StartAgainAsync(pause, stopping);
            }
            catch (OperationCanceledException)
            {
                return "";
            }
            catch (CommandFailedException e)
            {
                _settings.Note(e.Message);      // alive without health: it may yet come, so it is left alone
                healthy = false;
            }
        }
    }

    private async Task<bool> StartAgainAsync(TimeSpan pause, CancellationToken stopping)
    {
        await Task.Delay(pause, stopping);
        await _app!.DisposeAsync();
        _app = StartApp();
        var healthy = await _app.BecomesHealthyAsync(_http, Address, HealthPatience, stopping);
        if (healthy)
            _settings.Note($"The app answers again at {Address.AbsoluteUri.TrimEnd('/')} (process {_app.ProcessId}).");
        return healthy;
    }

    private static int PortFor(int? wanted, int usual, int count, string option)
    {
        if (wanted is not { } first)
            return Ports.Choose(usual, count);
        if (Ports.AreFree(first, count))
            return first;
        var others = Ports.Choose(first + 100, count);
        throw new CommandFailedException(string.Create(CultureInfo.InvariantCulture,
            $"Port {Ports.FirstTaken(first, count)} is in use by another program. End that one, or take another port: {option} {others}"));
    }

    private static void RequireFile(string path, string otherwise)
    {
        if (!File.Exists(path))
            throw new CommandFailedException(otherwise);
    }

    private string LastLines() => string.Concat(_log!.WhatFailed().Select(line => $"{Environment.NewLine}  {line}"));
}
