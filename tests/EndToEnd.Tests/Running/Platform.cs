using System.Globalization;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Clay;
using ProspectOps.EndToEnd.Tests.Sinks;
using ProspectOps.Testing;

namespace ProspectOps.EndToEnd.Tests.Running;

/// <summary>Azurite, the app on it, and a receiver of its events, each on a port of its own; the app may be killed and started again.</summary>
public sealed class Platform : IAsyncLifetime
{
    private readonly AzuriteFixture _azurite = new();
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("prospectops-data-");
    private readonly string _url;
    // No test asks the machine's name servers.
    private readonly NameServer _names = new(TimeSpan.Zero);
    private AppProcess? _app;
    private ApiContract? _contract;

    public Platform()
    {
        _url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePorts.Take(1)}");
        // A refusal of a large body comes before the body is sent, however long the app takes over it.
        Http = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = Patience.Usual }) { BaseAddress = new Uri($"{_url}/api/"), Timeout = Patience.Usual };
    }

    /// <summary>Environment variables of the app beside the usual ones.</summary>
    public IDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    public AppLog Log { get; } = new();

    public Sink Sink { get; } = new(FreePorts.Take(1));

    public StandInClay Clay { get; } = new(FreePorts.Take(1));

    /// <summary>A receiver inside the app that fails by a script.</summary>
    public string ScriptedSink(string script) => $"{_url}/api/_test/sink/{script}";

    /// <summary>Without a key.</summary>
    public HttpClient Http { get; }

    public AppProcess App => _app ?? throw new InvalidOperationException("The app is not started.");

    /// <summary>With the key of the first start, which may do everything.</summary>
    public ApiClient Operator => With(File.ReadAllText(KeyFile).Trim());

    /// <summary>A new tenant, with a key of these scopes; of all where none is given.</summary>
    public async Task<ApiClient> NewTenantAsync(params string[] scopes)
    {
        var tenantId = (await Operator.PostAsync("manage/tenants", new { name = "For a test" })).MustBe(201).Json.Text("tenantId");
        return With((await Operator.NewKeyAsync(scopes.Length == 0 ? ["*"] : scopes, tenantId)).Text("key"));
    }

    /// <summary>Of the storage that the app is on.</summary>
    public string StorageConnection => _azurite.ConnectionString;

    private string KeyFile => Path.Combine(_data.FullName, "api-key");

    /// <summary>The document that the app shows of itself, as it was at the first start.</summary>
    public ApiContract Contract => _contract ?? throw new InvalidOperationException("The app is not started.");

    public ApiClient With(string? apiKey) => new(Http, apiKey, Log, Contract);

    public async ValueTask InitializeAsync()
    {
        await _azurite.InitializeAsync();
        await Sink.StartAsync();
        await Clay.StartAsync();
        await StartAppAsync();
    }

    /// <summary>Starts the app on the same Azurite and data folder, and waits until it is healthy.</summary>
    public async Task StartAppAsync()
    {
        StartAppOnly();
        await App.BecomesHealthyAsync(Http);
        _contract ??= new ApiContract(await Http.GetStringAsync("openapi.json"));
    }

    /// <summary>Starts it without waiting.</summary>
    public void StartAppOnly() => _app = AppProcess.Start(Environment(), Log);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        await Sink.DisposeAsync();
        await Clay.DisposeAsync();
        await _names.DisposeAsync();
        await _azurite.DisposeAsync();
        Http.Dispose();
        _data.Delete(recursive: true);
    }

    private Dictionary<string, string> Environment() => new(Settings)
    {
        ["Validation__DnsServers"] = Settings.TryGetValue("Validation__DnsServers", out var names) ? names : _names.EndPoint.ToString(),
        ["AzureWebJobsStorage"] = _azurite.ConnectionString,
        ["ASPNETCORE_URLS"] = _url,
        ["AZURE_FUNCTIONS_ENVIRONMENT"] = "Production",
        ["Platform__DataFolder"] = _data.FullName,
        ["Platform__Mode"] = "local",
        ["Platform__ExitWithParent"] = "true",
        ["Api__AllowedOrigins__0"] = "https://app.example",
        ["Tenancy__BootstrapKeyFile"] = KeyFile,
        ["Validation__SpecialUseDomains"] = "accept",
        // The name server is a part of this process, which may have other things to do.
        ["Validation__DnsTimeoutSeconds"] = "10",
        ["Webhooks__AllowedAddresses__0"] = $"127.0.0.1:{Sink.Port}",
        ["Webhooks__AllowedAddresses__1"] = $"127.0.0.1:{Clay.Port}",
        ["Clay__GatherSeconds"] = "0.5",
        ["Clay__OverdueAfterSeconds"] = "2",
        ["Webhooks__AllowedAddresses__2"] = new Uri(_url).Authority,
        ["Webhooks__RetryDelaysSeconds__0"] = "1",
        ["Webhooks__RetryDelaysSeconds__1"] = "1",
        ["Webhooks__RetryDelaysSeconds__2"] = "1",
    };
}
