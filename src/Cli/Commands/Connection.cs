using ProspectOps.Cli.Api;
using ProspectOps.Cli.Output;
using ProspectOps.Cli.Running;

namespace ProspectOps.Cli.Commands;

/// <summary>An API to talk to, and, where this command brought it up, the platform behind it.</summary>
internal sealed class Connection : IAsyncDisposable
{
    private readonly LocalPlatform? _platform;

    private Connection(ApiClient api, LocalPlatform? platform) => (Api, _platform) = (api, platform);

    public ApiClient Api { get; }

    /// <summary>Whether the platform ends with this command.</summary>
    public bool IsOurs => _platform is not null;

    /// <summary>Completes with the reason when our platform cannot go on; never for another one.</summary>
    public Task<string> Broken => _platform?.Broken ?? new TaskCompletionSource<string>().Task;

    public static async Task<Connection> OpenAsync(ConnectionSettings settings, Screen screen, CancellationToken cancellationToken)
    {
        if (settings.Url is { } url)
            return new Connection(new ApiClient(url, settings.ApiKey!, ApiClient.ShortFirstPatience, screen.Dim), null);

        var checkout = Checkout.Find();
        var told = false;
        while (true)
        {
            // Whoever holds the folder is still starting while it has no address yet.
            var platform = await LocalPlatform.TryStartAsync(new LocalPlatformSettings(settings.Folder, settings.Command, Port: null, StoragePort: null,
                settings.AppPath ?? checkout.App, checkout.AzuriteScript, settings.DeliverTo, ShowLog: null, screen.Dim), cancellationToken);
            if (platform is not null)
                return new Connection(new ApiClient(platform.Address, platform.ApiKey, ApiClient.Patience, screen.Dim), platform);
            if (settings.Folder.Address() is { } address && settings.Folder.ApiKey() is { } key)
                return new Connection(new ApiClient(address, key, ApiClient.Patience, screen.Dim), null);
            if (!told)
                screen.Dim($"Waiting for {settings.Folder.Holder()}, which is starting on {settings.Folder.Path} …");
            told = true;
            await Task.Delay(100, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (_platform is not null)
            await _platform.DisposeAsync();
    }
}
