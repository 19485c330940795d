using ProspectOps.Cli.Api;
using ProspectOps.Cli.Output;
using ProspectOps.Cli.Running;

namespace ProspectOps.Cli.Commands;

/// <summary>An API to talk to, and, where this command brought it up, the platform behind it.</summary>
internal sealed class Connection : IAsyncDisposable
{
    private readonly LocalPlatform? _platform;
    private readonly Func<Task<IDisposable?>> _retire;
    private readonly IDisposable? _use;

    private Connection(ApiClient api, LocalPlatform? platform, Func<Task<IDisposable?>> retire, IDisposable? use) =>
        (Api, _platform, _retire, _use) = (api, platform, retire, use);

    public ApiClient Api { get; }

    /// <summary>Whether the platform ends with this command.</summary>
    public bool IsOurs => _platform is not null;

    /// <summary>Completes with the reason when our platform cannot go on; never for another one.</summary>
    public Task<string> Broken => _platform?.Broken ?? new TaskCompletionSource<string>().Task;

    public static async Task<Connection> OpenAsync(ConnectionSettings settings, Screen screen, Interruption interruption)
    {
        var cancellationToken = interruption.Token;
        if (settings.Url is { } url)
            return new Connection(new ApiClient(url, settings.ApiKey!, ApiClient.ShortFirstPatience, screen.Dim), null, () => Task.FromResult<IDisposable?>(null), null);

        var folder = settings.Folder;
        var checkout = Checkout.Find();
        var told = false;
        while (true)
        {
            // Whoever holds the folder is still starting while it has no address yet.
            var platform = await LocalPlatform.TryStartAsync(new LocalPlatformSettings(folder, settings.Command, Port: null, StoragePort: null,
                settings.AppPath ?? checkout.App, checkout.AzuriteScript, settings.DeliverTo, ShowLog: null, screen.Dim), cancellationToken);
            if (platform is not null)
                return new Connection(new ApiClient(platform.Address, platform.ApiKey, ApiClient.Patience, screen.Dim), platform, () => RetireAsync(folder, platform, screen, interruption), null);
            var use = folder.TryUse();
            if (use is not null && folder.Address() is { } address && folder.ApiKey() is { } key)
                return new Connection(new ApiClient(address, key, ApiClient.Patience, screen.Dim), null, () => Task.FromResult<IDisposable?>(null), use);
            use?.Dispose();
            if (!told)
                screen.Dim($"Waiting for {folder.Holder()}, which is starting or stopping on {folder.Path} …");
            told = true;
            await Task.Delay(100, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_platform is not null)
        {
            using var retired = await _retire();
            await _platform.DisposeAsync();
        }
        Api.Dispose();
        _use?.Dispose();
    }

    /// <summary>Waits for commands that use our platform, which would otherwise lose it in the middle of their work.</summary>
    private static async Task<IDisposable?> RetireAsync(DataFolder folder, LocalPlatform platform, Screen screen, Interruption interruption)
    {
        for (var told = false; !interruption.Token.IsCancellationRequested && !platform.Broken.IsCompleted; told = true)
        {
            if (folder.TryRetire() is { } retired)
                return retired;
            if (!told)
                screen.Dim("Another command uses this platform; waiting for it. Ctrl-C takes the platform down all the same.");
            await Task.WhenAny(Task.Delay(200, interruption.Token), platform.Broken);
        }
        return null;
    }
}
