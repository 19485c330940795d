using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Clay;
using ProspectOps.EndToEnd.Tests.Running;
using ProspectOps.Testing;

namespace ProspectOps.EndToEnd.Tests;

/// <summary>A tenant that is suspended, or erased while the app is killed again and again.</summary>
public sealed class TenantsOutOfUseTests(Platform shared, ITestOutputHelper output)
{
    /// <summary>Where it is killed: once so many tables and containers are counted, of which the last is about to be emptied. 0 is before anything is.</summary>
    private static readonly int[] Plan = [0, 1, 4, 8, 12];

    /// <summary>What is written behind the caller's back, also after the tenant was looked at; and system tables, of which the tenant's own partitions are not all.</summary>
    private static readonly string[] Otherwise = ["ApiKeys", "Audit", "InboundKeys", "LimitLeases", "Requests", "Tenants", "Usage"];

    [Fact]
    public async Task Suspended_tenants_clay_and_crm_are_refused_as_its_keys_are()
    {
        var clay = await ClaySide.NewAsync(shared);
        var tenantId = (await clay.Api.GetAsync("limits")).MustBe(200).Json.Text("tenantId")!;
        var crm = (await clay.Api.PutAsync("crm/config", new { })).MustBe(200).Json!["signing"]!;
        var upload = JsonSerializer.Serialize(new { emails = new[] { "ann@suspended.example" }, callbackUrl = shared.ScriptedSink("ok") });
        const string Row = """{"email":"ann@suspended.example","lastName":"Ann"}""";

        (await PatchAsync(tenantId, "suspended")).MustBe(200);
        (await clay.Api.GetAsync("campaigns")).MustRefuse(403, "tenant_suspended");
        (await clay.ReturnTextAsync(Row, (clay.Inbound.Text("header")!, clay.Inbound.Text("token")!))).MustRefuse(403, "tenant_suspended");
        (await clay.ReturnTextAsync(Row, clay.Sign(Row))).MustRefuse(403, "tenant_suspended");
        (await UploadAsync(upload, crm)).MustRefuse(403, "tenant_suspended");
        // Who cannot prove who they are learns nothing of it.
        (await clay.ReturnTextAsync(Row, clay.Sign(Row, secret: "wrong"))).MustRefuse(401, "signature_invalid");
        (await PatchAsync(tenantId, "active")).MustBe(200);

        Assert.Empty(await clay.PeopleAsync());
        (await clay.ReturnTextAsync(Row, clay.Sign(Row))).MustBe(202);
        (await UploadAsync(upload, crm)).MustBe(202);
        // Written in the background, with how often.
        await Eventually.BecomesAsync(
            async () => await shared.Operator.AllAsync("manage/audit?action=sign_in.fail", 200),
            entries => entries.Any(entry => entry["after"]!.ToJsonString().Contains("signature_invalid", StringComparison.Ordinal)), shared.Log);
    }

    [Fact]
    public async Task Erasure_that_is_killed_again_and_again_removes_everything_and_counts_each_thing_once()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        var (gone, neighbour) = (await FilledAsync(platform), await FilledAsync(platform));
        var (before, neighbours) = (await AtRestAsync(gone), await AtRestAsync(neighbour));
        var killed = new List<string>();

        (await platform.Operator.SendAsync(HttpMethod.Delete, $"manage/tenants/{gone.TenantId}", null)).MustBe(202);
        foreach (var places in Plan)
            await KillAsync(platform, gone, places, killed);
        var deletion = await Eventually.BecomesAsync(
            async () => (await platform.Operator.GetAsync($"manage/tenants/{gone.TenantId}/deletion")).MustBe(200).Json!, one => one.Text("status") == "Completed", platform.Log);

        output.WriteLine($"Killed at {string.Join(" · ", killed)}");
        Assert.True(killed.Count >= 3, $"It was over after {killed.Count} kills.");
        Assert.Equal(Lines(before.Tables), Lines(deletion.Numbers("tables")));
        Assert.Equal(Lines(before.Containers), Lines(deletion.Numbers("containers")));
        Assert.Equal((1L, 2L, 1L), (deletion.Number("tables.ApiKeys"), deletion.Number("tables.InboundKeys") - before.Tables["InboundKeys"], deletion.Number("tables.Tenants")));
        var after = await TracesAsync(gone);
        Assert.Empty(after.Tables);
        Assert.Empty(after.Containers);
        // The engine forgets an ended workflow with its next purge, and tomorrow's reminders of the tenant find nothing: their rows name the tenant, and nobody of theirs.
        Assert.Empty(after.Elsewhere.Except(["Due", "ProspectOpsInstances", "TenantDeletions"]));
        (await gone.Api.GetAsync("campaigns")).MustRefuse(401, "api_key_invalid");
        (await platform.Operator.GetAsync($"manage/tenants/{gone.TenantId}")).MustRefuse(404, "tenant_not_found");
        Assert.Equal(Lines(neighbours.Tables), Lines((await TracesAsync(neighbour)).Tables));
        (await neighbour.Api.GetAsync($"campaigns/{neighbour.CampaignId}")).MustBe(200);

        Task<TenantsTraces> TracesAsync(Filled tenant) => TenantsTraces.OfAsync(platform.StorageConnection, tenant.TenantId);

        // What its work has left to write behind its back is written.
        async Task<TenantsTraces> AtRestAsync(Filled tenant)
        {
            var seen = await TracesAsync(tenant);
            var settled = await Eventually.BecomesAsync(
                async () =>
                {
                    var earlier = seen;
                    await Task.Delay(2_000);
                    seen = await TracesAsync(tenant);
                    return (Earlier: earlier, Now: seen);
                },
                both => Lines(both.Earlier.Tables) == Lines(both.Now.Tables) && Lines(both.Earlier.Containers) == Lines(both.Now.Containers),
                platform.Log);
            return settled.Now;
        }
    }

    /// <summary>Kills the app and starts it again, unless the tenant is erased already.</summary>
    private static async Task KillAsync(Platform platform, Filled tenant, int places, List<string> killed)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            Assert.True(clock.Elapsed < Patience.Usual, platform.Log.Tail());
            var deletion = (await platform.Operator.GetAsync($"manage/tenants/{tenant.TenantId}/deletion")).MustBe(200).Json!;
            if (deletion.Text("status") == "Completed")
                return;
            var counted = deletion.Numbers("tables").Count + deletion.Numbers("containers").Count;
            if (counted >= places)
            {
                await platform.App.KillHardAsync();
                killed.Add(string.Create(CultureInfo.InvariantCulture, $"{counted} places"));
                await platform.App.DisposeAsync();
                await platform.StartAppAsync();
                return;
            }
            await Task.Delay(5);
        }
    }

    private static string Lines(IEnumerable<KeyValuePair<string, long>> counts) =>
        string.Join(", ", counts.Where(one => !Otherwise.Contains(one.Key)).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key} {one.Value}"));

    private static async Task<Filled> FilledAsync(Platform platform)
    {
        var api = await platform.NewTenantAsync();
        var started = await api.StartAsync(new { name = "Filled", industry = "casino", prospects = Some.Prospects(100, "filled"), options = new { generateFor = new[] { "A", "B" } } });
        await api.EndAsync(started.Text("workflowId")!);
        var job = (await api.PostAsync("validation/jobs", new { emails = Enumerable.Range(0, 300).Select(number => $"p{number}@filled.example") })).MustBe(202).Json.Text("jobId")!;
        await api.JobEndAsync(job);
        await api.UploadAsync(Some.Csv(20, 0, 0));
        (await api.PostAsync("clay/setup-tables", new { industry = "casino", campaignId = started.Text("campaignId") })).MustBe(200);
        (await api.PutAsync("crm/config", new { })).MustBe(200);
        (await api.PostAsync("suppressions", new { emails = new[] { "never@filled.example" } })).MustBe(201);
        (await api.PostAsync("campaigns/create", new { name = "Once", industry = "casino" }, ("Idempotency-Key", "once"))).MustBe(201);
        return new Filled((await api.GetAsync("limits")).MustBe(200).Json.Text("tenantId")!, api, started.Text("campaignId")!);
    }

    private Task<Reply> PatchAsync(string tenantId, string status) =>
        shared.Operator.SendAsync(HttpMethod.Patch, $"manage/tenants/{tenantId}", new StringContent(JsonSerializer.Serialize(new { status }), Encoding.UTF8, "application/json"));

    private Task<Reply> UploadAsync(string body, JsonNode signing) => shared.With(null).SendAsync(
        HttpMethod.Post, "crm/uploads", new StringContent(body, Encoding.UTF8, "application/json"), ClaySide.Sign(signing.Text("keyId")!, signing.Text("secret")!, body));

    private sealed record Filled(string TenantId, ApiClient Api, string CampaignId);
}
