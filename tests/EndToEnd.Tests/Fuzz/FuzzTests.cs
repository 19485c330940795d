using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;

namespace ProspectOps.EndToEnd.Tests.Fuzz;

/// <summary>Whatever is sent, the answer is one that the document names, says nothing of the inside, and nothing of another tenant.</summary>
/// <remarks><c>FUZZ_SECONDS</c> (60), <c>FUZZ_REQUESTS</c> (100,000) and <c>FUZZ_SEED</c> (1) change how long it goes on, and with what.</remarks>
public sealed class FuzzTests(Platform platform)
{
    private const int AtOnce = 8;
    private const int MostFaultsShown = 10;

    [Fact]
    public async Task No_request_breaks_the_api()
    {
        var secret = $"Zebra{Guid.NewGuid():N}";
        var (caller, ids) = await SomebodyAsync("Fuzz", "Own");
        var (_, others) = await SomebodyAsync("Else", secret);
        var seed = Setting("FUZZ_SEED", 1);
        var fuzzer = new RequestFuzzer(platform.Contract.Document, [.. ids, .. others], seed);
        var (most, seconds) = (Setting("FUZZ_REQUESTS", 100_000), Setting("FUZZ_SECONDS", 60));
        var faults = new ConcurrentQueue<string>();
        var statuses = new ConcurrentDictionary<int, int>();
        var started = Stopwatch.StartNew();
        var next = 0;

        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            int number;
            while ((number = Interlocked.Increment(ref next)) <= most && started.Elapsed.TotalSeconds < seconds && faults.Count < MostFaultsShown)
            {
                var request = fuzzer.Make(number);
                var (status, fault) = await CallAsync(caller, request, secret);
                statuses.AddOrUpdate(status / 100, 1, (_, count) => count + 1);
                if (fault is not null)
                    faults.Enqueue($"Request {number} of seed {seed}: {fault}{Environment.NewLine}{request}");
            }
        }));

        var done = $"{statuses.Values.Sum()} requests of seed {seed} in {started.Elapsed.TotalSeconds:0} s, by hundreds of status: {string.Join(", ", statuses.OrderBy(one => one.Key))}";
        TestContext.Current.SendDiagnosticMessage(done);
        Assert.True(faults.IsEmpty, string.Join(Environment.NewLine + Environment.NewLine, faults.Prepend(done)));
        // Else it would have been only knocking at the door.
        Assert.True(statuses.GetValueOrDefault(2) > 100 && statuses.GetValueOrDefault(4) > 100, done);
    }

    private static async Task<(int Status, string? Fault)> CallAsync(ApiClient caller, FuzzedRequest request, string secret)
    {
        Reply reply;
        string? fault;
        try
        {
            (reply, fault) = await caller.TryAsync(request.Method, request.Path, request.Content(), [.. request.Headers]);
        }
        catch (Exception e) when (e is TaskCanceledException or HttpRequestException)
        {
            return (0, $"There was no answer: {e.Message}");
        }
        if (reply.Code >= 500)
            return (reply.Code, $"{reply.Code} was answered: {Begin(reply)}{Environment.NewLine}{reply.Log.Tail(12)}");
        if (reply.Text.Contains("   at ", StringComparison.Ordinal) || reply.Text.Contains("System.", StringComparison.Ordinal) || reply.Text.Contains("Exception", StringComparison.Ordinal))
            return (reply.Code, $"The answer speaks of the inside: {Begin(reply)}");
        if (reply.Text.Contains(secret, StringComparison.Ordinal))
            return (reply.Code, $"The answer holds what is another tenant's: {Begin(reply)}");
        // What is answered to HEAD has no body to look at.
        return (reply.Code, request.Method == HttpMethod.Head ? null : fault);
    }

    private static string Begin(Reply reply) => reply.Text.Length <= 1_000 ? reply.Text : reply.Text[..1_000];

    /// <summary>A tenant with a key, a campaign, a workflow and a file.</summary>
    private async Task<(ApiClient Api, string[] Ids)> SomebodyAsync(string tenantName, string name)
    {
        var tenant = (await platform.Operator.PostAsync("manage/tenants", new { name = tenantName })).MustBe(201).Json.Text("tenantId");
        var api = platform.With((await platform.Operator.NewKeyAsync(["*"], tenant)).Text("key"));
        var upload = await api.UploadAsync(Some.Csv(5, 0, 0));
        var people = new[] { new { email = $"{name.ToLowerInvariant()}@casino.example", lastName = name, company = name } };
        var started = await api.StartAsync(new { name, industry = "casino", prospects = people });
        await api.EndAsync(started.Text("workflowId")!);
        var spare = await api.NewKeyAsync(["campaigns:read"]);
        return (api, [upload, started.Text("workflowId")!, started.Text("campaignId")!, spare.Text("keyId")!, tenant!]);
    }

    private static int Setting(string name, int usual) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var set) ? set : usual;
}
