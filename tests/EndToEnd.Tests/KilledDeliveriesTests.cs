using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;
using ProspectOps.Testing;

namespace ProspectOps.EndToEnd.Tests;

/// <summary>Two processes deliver from one store to five endpoints, one of which refuses and one hangs, and are killed again and again. 30 times and 10,000 deliveries with <c>PROSPECTOPS_FULL_TESTS=1</c>.</summary>
public sealed class KilledDeliveriesTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Seed = 20_261;
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("PROSPECTOPS_FULL_TESTS") == "1";
    private static readonly int Kills = IsFull ? 30 : 6;
    private static readonly int PeopleAtOnce = IsFull ? 67 : 40;
    private static readonly string[] Names = ["one", "two", "three", "refuses", "hangs"];

    private readonly AzuriteFixture _azurite = new();
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("prospectops-killed-");
    private readonly NameServer _names = new(TimeSpan.Zero);
    private readonly AppLog _log = new();
    private readonly ConcurrentDictionary<(string Endpoint, string EventId), int> _arrivals = new();
    private readonly ConcurrentDictionary<(string Endpoint, string ProspectKey, string EventId), bool> _told = new();
    private readonly string[] _urls = new string[2];
    private readonly AppProcess?[] _apps = new AppProcess?[2];
    private readonly HttpClient[] _clients = new HttpClient[2];
    private readonly int _sinkPort = FreePorts.Take(1);
    private WebApplication _sink = null!;
    private ApiContract _contract = null!;
    private int _answered;

    public async ValueTask InitializeAsync()
    {
        await _azurite.InitializeAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_sinkPort}"));
        _sink = builder.Build();
        _sink.MapPost("/{name}", (HttpContext http, string name) => ReceiveAsync(http, name));
        await _sink.StartAsync();
        for (var index = 0; index < 2; index++)
        {
            _urls[index] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePorts.Take(1)}");
            _clients[index] = new HttpClient { BaseAddress = new Uri($"{_urls[index]}/api/"), Timeout = Patience.Usual };
            await StartAsync(index);
        }
        _contract = new ApiContract(await _clients[0].GetStringAsync(new Uri("openapi.json", UriKind.Relative)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _apps.OfType<AppProcess>())
            await app.KillHardAsync();
        foreach (var client in _clients)
            client.Dispose();
        await _sink.DisposeAsync();
        await _azurite.DisposeAsync();
        await _names.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_event_arrives_at_every_endpoint_that_lives_though_processes_are_killed_again_and_again()
    {
        var clock = Stopwatch.StartNew();
        var random = new Random(Seed);
        var api = Api(0);
        var endpoints = new Dictionary<string, string>();
        foreach (var name in Names)
        {
            var made = (await api.PostAsync("webhooks/endpoints", new { url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_sinkPort}/{name}"), events = new[] { "prospect.ready" } })).MustBe(201);
            endpoints[name] = made.Json.Text("endpointId")!;
        }
        await UntilAsync(async () => (await api.GetAsync("webhooks/endpoints")).Json.List("items").All(endpoint => endpoint.Text("status") == "active"), "endpoints are not verified");
        _arrivals.Clear();

        var workflows = new List<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            var victim = kill % 2;
            var started = await Api(victim).StartAsync(new { name = $"killed {kill}", industry = "casino", prospects = Some.Prospects(PeopleAtOnce, $"killed{kill}"), options = new { validateEmails = false, generateFor = Array.Empty<string>() } });
            workflows.Add(started.Text("workflowId")!);
            var before = Volatile.Read(ref _answered);
            await UntilAsync(() => Task.FromResult(Volatile.Read(ref _answered) > before), "nothing is delivered");
            await Task.Delay(random.Next(0, 120));
            // Of the two, the one that plans, or the one that only delivers.
            var killed = random.Next(2);
            await _apps[killed]!.KillHardAsync();
            await StartAsync(killed);
        }
        var lastKill = clock.Elapsed;

        var people = Kills * PeopleAtOnce;
        await UntilAsync(() => Task.FromResult(Names.Take(3).All(name => Distinct(name) == people)), $"not all arrived: {string.Join(", ", Names.Select(name => $"{name} {Distinct(name)}"))} of {people}", IsFull ? TimeSpan.FromMinutes(10) : Patience.Usual);
        output.WriteLine($"{clock.Elapsed.TotalSeconds:0} s, the last kill at {lastKill.TotalSeconds:0} s: {people} people at {Names.Length} endpoints");

        var repeats = _arrivals.Where(arrival => arrival.Key.Endpoint != "hangs").Sum(arrival => arrival.Value - 1);
        output.WriteLine($"{repeats} repeats");
        // At most what was under way, and what 100 ms of answers had not yet been written down.
        Assert.InRange(repeats, 0, Kills * (16 * 4 + 100));
        // A repeat is known by its id: nobody is told of under two. More are told meanwhile, by those that refuse and hang.
        var told = _told.Keys.ToArray();
        Assert.Equal(told.Length, told.Select(one => (one.Endpoint, one.ProspectKey)).Distinct().Count());
        Assert.All(Names.Take(3), name => Assert.Equal(people, Distinct(name)));

        // One whose message a dead process held is made by the timer, which comes every 5 min to those that are a minute late.
        await UntilAsync(async () => await CountAsync($"webhooks/dead-letters?endpointId={endpoints["refuses"]}&limit=200") == people, "dead letters are missing", TimeSpan.FromMinutes(10));
        Assert.Equal(people, await CountAsync("webhooks/dead-letters?limit=200"));
        var hanging = await AllAsync($"webhooks/deliveries?endpointId={endpoints["hangs"]}&limit=200");
        Assert.Equal(people, hanging.Count(delivery => delivery.Text("eventType") == "prospect.ready"));
        Assert.All(hanging.Where(delivery => delivery.Text("eventType") == "prospect.ready"), delivery => Assert.Contains(delivery.Text("status"), new[] { "pending", "retrying" }));
    }

    [Fact]
    public async Task What_a_dead_process_held_is_sent_again_by_another()
    {
        var api = Api(0);
        (await api.PostAsync("webhooks/endpoints", new { url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_sinkPort}/hangs"), events = new[] { "prospect.ready" } })).MustBe(201);
        await UntilAsync(async () => (await api.GetAsync("webhooks/endpoints")).Json.List("items").All(endpoint => endpoint.Text("status") == "active"), "endpoints are not verified");
        await api.StartAsync(new { name = "held", industry = "casino", prospects = Some.Prospects(1, "held"), options = new { validateEmails = false, generateFor = Array.Empty<string>() } });
        await UntilAsync(() => Task.FromResult(Distinct("hangs") == 1), "nothing is under way");

        await _apps[0]!.KillHardAsync();
        await _apps[1]!.KillHardAsync();
        var clock = Stopwatch.StartNew();
        await StartAsync(1);

        // The lease lapses after 20 s and is looked at every 10 s; the rest is patience with the machine.
        await UntilAsync(() => Task.FromResult(_arrivals.Values.All(count => count >= 2)), "what was held is not sent again");
        output.WriteLine($"sent again {clock.Elapsed.TotalSeconds:0.0} s after the kill");
        Assert.Equal(1, Distinct("hangs"));
    }

    private int Distinct(string name) => _arrivals.Keys.Count(arrival => arrival.Endpoint == name);

    private async Task ReceiveAsync(HttpContext http, string name)
    {
        var body = await JsonNode.ParseAsync(http.Request.Body);
        if (body.Text("type") == "endpoint.challenge")
            return;
        _told[(name, body.Text("data.prospectKey")!, http.Request.Headers["webhook-id"].ToString())] = true;
        _arrivals.AddOrUpdate((name, http.Request.Headers["webhook-id"].ToString()), 1, (_, count) => count + 1);
        if (name == "hangs")
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        else
            await Task.Delay(20);
        http.Response.StatusCode = name == "refuses" ? 400 : 200;
        Interlocked.Increment(ref _answered);
    }

    private ApiClient Api(int index) => new(_clients[index], File.ReadAllText(Path.Combine(_data.FullName, "0", "api-key")).Trim(), _log, _contract);

    private async Task StartAsync(int index)
    {
        _apps[index] = AppProcess.Start(new Dictionary<string, string>
        {
            ["AzureWebJobsStorage"] = _azurite.ConnectionString,
            ["ASPNETCORE_URLS"] = _urls[index],
            ["AZURE_FUNCTIONS_ENVIRONMENT"] = "Production",
            ["Platform__DataFolder"] = Path.Combine(_data.FullName, index.ToString(CultureInfo.InvariantCulture)),
            ["Platform__ExitWithParent"] = "true",
            ["Tenancy__BootstrapKeyFile"] = Path.Combine(_data.FullName, "0", "api-key"),
            ["Tenancy__HashKey"] = Convert.ToBase64String([.. Enumerable.Range(0, 32).Select(at => (byte)at)]),
            ["Secrets__Keys"] = $"both:{Convert.ToBase64String([.. Enumerable.Range(0, 32).Select(at => (byte)(at + 1))])}",
            ["Validation__SpecialUseDomains"] = "accept",
            ["Validation__DnsServers"] = _names.EndPoint.ToString(),
            ["Validation__DnsTimeoutSeconds"] = "10",
            ["Webhooks__AllowPrivateNetworks"] = "true",
            ["Webhooks__RetrySchedule"] = "1h, 1h",
            // Each with orchestrations of its own: what they share is what is delivered.
            ["AzureFunctionsJobHost__extensions__durableTask__hubName"] = $"Hub{index}",
        }, _log);
        await _apps[index]!.BecomesHealthyAsync(_clients[index]);
    }

    private async Task<int> CountAsync(string path) => (await AllAsync(path)).Count;

    private async Task<List<JsonNode>> AllAsync(string path)
    {
        var items = new List<JsonNode>();
        string? cursor = null;
        do
        {
            var page = (await Api(0).GetAsync(cursor is null ? path : $"{path}&cursor={cursor}")).MustBe(200).Json;
            items.AddRange(page.List("items"));
            cursor = page.Text("nextCursor");
        }
        while (cursor is not null);
        return items;
    }

    private async Task UntilAsync(Func<Task<bool>> condition, string otherwise, TimeSpan? patience = null)
    {
        var started = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(started.Elapsed < (patience ?? Patience.Usual), $"{otherwise}{Environment.NewLine}{_log.Tail()}");
            await Task.Delay(20);
        }
    }
}
