using System.Diagnostics;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;
using ProspectOps.Testing;

namespace ProspectOps.EndToEnd.Tests.Capabilities;

/// <summary>Endpoints, deliveries and dead letters, as a tenant of its own sees them.</summary>
public sealed class WebhooksTests(Platform platform)
{
    [Fact]
    public async Task Endpoint_is_challenged_shows_its_secret_once_and_is_changed_and_deleted()
    {
        var api = await platform.NewTenantAsync();

        var made = (await api.PostAsync("webhooks/endpoints", new { url = platform.ScriptedSink("ok"), events = new[] { "prospect.ready" }, description = "CRM", headers = new Dictionary<string, string> { ["X-Team"] = "a" } })).MustBe(201);
        var id = made.Json.Text("endpointId")!;
        var active = await UntilAsync(api, id, "active");
        var rotated = (await api.PostAsync($"webhooks/endpoints/{id}/rotate-secret", new { graceHours = 1 })).MustBe(200);
        var patched = (await api.SendAsync(HttpMethod.Patch, $"webhooks/endpoints/{id}", Body(new { events = new[] { "*" }, ratePerSecond = 5 }))).MustBe(200);
        var disabled = (await api.SendAsync(HttpMethod.Patch, $"webhooks/endpoints/{id}", Body(new { status = "disabled" }))).MustBe(200);
        var enabled = (await api.PostAsync($"webhooks/endpoints/{id}/enable")).MustBe(200);
        var tested = (await api.PostAsync($"webhooks/endpoints/{id}/test")).MustBe(200);
        var listed = (await api.GetAsync("webhooks/endpoints")).MustBe(200);
        (await api.SendAsync(HttpMethod.Delete, $"webhooks/endpoints/{id}", null)).MustBe(204);

        Assert.Equal("pending", made.Json.Text("status"));
        Assert.StartsWith("whsec_", made.Json.Text("secret"), StringComparison.Ordinal);
        Assert.Null(active.Text("secret"));
        Assert.StartsWith("whsec_", rotated.Json.Text("secret"), StringComparison.Ordinal);
        Assert.NotEqual(made.Json.Text("secret"), rotated.Json.Text("secret"));
        Assert.Equal(("*", 5L), (patched.Json.Text("events[0]"), patched.Json.Number("ratePerSecond")));
        Assert.Equal(("disabled", "by_user"), (disabled.Json.Text("status"), disabled.Json.Text("disabledReason")));
        Assert.Equal("active", enabled.Json.Text("status"));
        Assert.Equal((200L, true), (tested.Json.Number("status"), (bool)tested.Json.At("delivered")!));
        Assert.Contains("\"script\":\"ok\"", tested.Json.Text("response"), StringComparison.Ordinal);
        Assert.Equal(id, Assert.Single(listed.Json.List("items")).Text("endpointId"));
        (await api.GetAsync($"webhooks/endpoints/{id}")).MustRefuse(404, "endpoint_not_found");
    }

    [Fact]
    public async Task Same_request_twice_makes_one_endpoint()
    {
        var api = await platform.NewTenantAsync();
        var request = new { url = platform.ScriptedSink("ok"), events = new[] { "*" } };

        var first = (await api.PostAsync("webhooks/endpoints", request, ("Idempotency-Key", "one"))).MustBe(201);
        var second = (await api.PostAsync("webhooks/endpoints", request, ("Idempotency-Key", "one"))).MustBe(201);

        Assert.Equal(first.Text, second.Text);
        Assert.Single((await api.GetAsync("webhooks/endpoints")).Json.List("items"));
    }

    [Theory]
    [InlineData("http://10.0.0.1/hooks", "url_not_allowed")]
    [InlineData("http://169.254.169.254/latest/meta-data", "url_not_allowed")]
    [InlineData("http://[::ffff:127.0.0.1]/", "url_not_allowed")]
    [InlineData("http://localhost:1/", "url_not_allowed")]
    [InlineData("ftp://example.com/", "url_invalid")]
    [InlineData("http://user:secret@example.com/", "url_invalid")]
    [InlineData("not a url", "url_invalid")]
    public async Task Url_that_leads_inside_or_nowhere_is_refused_when_it_is_given(string url, string code) =>
        (await (await platform.NewTenantAsync()).PostAsync("webhooks/endpoints", new { url, events = new[] { "*" } })).MustRefuse(400, code);

    [Theory]
    [InlineData("""{"url":"https://example.com/"}""", "events")]
    [InlineData("""{"url":"https://example.com/","events":[]}""", "events")]
    [InlineData("""{"url":"https://example.com/","events":["nothing.ever"]}""", "events[0]")]
    [InlineData("""{"url":"https://example.com/","events":["*"],"ratePerSecond":0}""", "ratePerSecond")]
    [InlineData("""{"url":"https://example.com/","events":["*"],"headers":{"Host":"x"}}""", "headers.Host")]
    [InlineData("""{"url":"https://example.com/","events":["*"],"signing":"rsa"}""", "signing")]
    [InlineData("""{"url":"https://example.com/","events":["*"],"secret":"x"}""", "secret")]
    public async Task Setting_that_cannot_be_is_refused_by_name(string body, string field) =>
        Assert.NotEmpty((await (await platform.NewTenantAsync()).PostTextAsync("webhooks/endpoints", body, "application/json")).MustRefuse(400, "validation_failed").Error(field));

    [Fact]
    public async Task Nothing_of_another_tenant_is_there_and_nothing_without_the_scope()
    {
        var (api, other) = (await platform.NewTenantAsync(), await platform.NewTenantAsync());
        var id = (await CreateAsync(api, "ok")).Text("endpointId")!;
        await UntilAsync(api, id, "active");
        var delivery = Assert.Single((await api.GetAsync("webhooks/deliveries")).MustBe(200).Json.List("items"));
        var deliveryId = delivery.Text("deliveryId");

        foreach (var path in new[] { $"webhooks/endpoints/{id}", $"webhooks/endpoints/{id}/schedule", $"webhooks/endpoints/{id}/maintenance-windows", $"webhooks/deliveries/{deliveryId}", $"webhooks/deliveries?endpointId={id}" })
            (await other.GetAsync(path)).MustBe(404);
        foreach (var path in new[] { "rotate-secret", "test", "enable" })
            (await other.PostAsync($"webhooks/endpoints/{id}/{path}")).MustRefuse(404, "endpoint_not_found");
        (await other.PostAsync($"webhooks/endpoints/{id}/replay", new { since = DateTimeOffset.UtcNow.AddHours(-1), dryRun = true })).MustRefuse(404, "endpoint_not_found");
        (await other.PostAsync($"webhooks/deliveries/{deliveryId}/retry")).MustRefuse(404, "delivery_not_found");
        (await other.PostAsync($"webhooks/dead-letters/{deliveryId}/retry")).MustRefuse(404, "dead_letter_not_found");
        (await other.SendAsync(HttpMethod.Delete, $"webhooks/dead-letters/{deliveryId}", null)).MustRefuse(404, "dead_letter_not_found");
        (await other.SendAsync(HttpMethod.Put, $"webhooks/endpoints/{id}/maintenance-windows", Body(new { windows = Array.Empty<object>() }))).MustRefuse(404, "endpoint_not_found");
        (await other.SendAsync(HttpMethod.Patch, $"webhooks/endpoints/{id}", Body(new { description = "x" }))).MustRefuse(404, "endpoint_not_found");
        (await other.SendAsync(HttpMethod.Delete, $"webhooks/endpoints/{id}", null)).MustRefuse(404, "endpoint_not_found");
        Assert.Empty((await other.GetAsync("webhooks/endpoints")).Json.List("items"));
        Assert.Empty((await other.GetAsync("webhooks/deliveries")).Json.List("items"));

        var reader = platform.With((await platform.Operator.NewKeyAsync(["webhooks:read", "campaigns:read"])).Text("key"));
        (await reader.GetAsync("webhooks/endpoints")).MustBe(200);
        (await reader.PostAsync("webhooks/endpoints", new { url = "https://example.com/", events = new[] { "*" } })).MustBe(403);
        (await platform.With((await platform.Operator.NewKeyAsync(["campaigns:write"])).Text("key")).GetAsync("webhooks/deliveries")).MustBe(403);
        (await platform.With(null).GetAsync("webhooks/endpoints")).MustBe(401);
    }

    [Fact]
    public async Task Event_that_fails_three_times_is_delivered_at_the_fourth()
    {
        var api = await platform.NewTenantAsync();
        var id = (await CreateAsync(api, "fail-3", "campaign.completed")).Text("endpointId")!;
        await UntilAsync(api, id, "active");

        await CampaignAsync(api, people: 2);
        var delivered = await DeliveriesAsync(api, id, items => items.Any(item => item.Text("eventType") == "campaign.completed" && item.Text("status") == "delivered"));
        var one = (await api.GetAsync($"webhooks/deliveries/{delivered.Single(item => item.Text("eventType") == "campaign.completed").Text("deliveryId")}")).MustBe(200);

        Assert.Equal([503, 503, 503, 200], one.Json.List("attempts").Select(attempt => attempt.Number("status")));
        Assert.Contains("campaign.completed", one.Json.Text("body"), StringComparison.Ordinal);
        Assert.Equal(2, delivered.Count); // the challenge, too
        (await api.PostAsync($"webhooks/deliveries/{one.Json.Text("deliveryId")}/retry")).MustRefuse(409, "already_delivered");
    }

    [Fact]
    public async Task Receiver_that_is_gone_is_disabled()
    {
        var api = await platform.NewTenantAsync();
        var id = (await CreateAsync(api, "410")).Text("endpointId")!;

        var endpoint = await UntilAsync(api, id, "disabled");

        Assert.Equal("gone", endpoint.Text("disabledReason"));
    }

    [Fact]
    public async Task Clusters_of_dead_letters_come_in_pages_the_largest_first()
    {
        var api = await platform.NewTenantAsync();
        foreach (var people in new[] { 1, 3, 1 })
        {
            var id = (await CreateAsync(api, "reset", "prospect.ready")).Text("endpointId")!;
            await UntilAsync(api, id, "active");
            await CampaignAsync(api, people);
        }
        // The second campaign has two listeners, the third three.
        await ItemsAsync(api, "webhooks/dead-letters", items => items.Count == 1 + 6 + 3);

        var whole = (await api.GetAsync("webhooks/dead-letters/clusters")).MustBe(200).Json.List("items");

        Assert.Equal([5, 4, 1], whole.Select(cluster => (int)cluster.Number("count")));
        Assert.Equal(whole.Select(cluster => cluster.Text("clusterId")), (await api.AllAsync("webhooks/dead-letters/clusters", 1)).Select(cluster => cluster.Text("clusterId")));
        (await api.GetAsync("webhooks/dead-letters/clusters?cursor=none")).MustRefuse(400, "cursor_invalid");
    }

    [Fact]
    public async Task Dead_letters_are_listed_clustered_sent_again_and_deleted()
    {
        var api = await platform.NewTenantAsync();
        var id = (await CreateAsync(api, "reset", "prospect.ready")).Text("endpointId")!;
        await UntilAsync(api, id, "active");
        // Enough that some of them share a batch.
        var workflow = await CampaignAsync(api, people: 20);

        var letters = await ItemsAsync(api, "webhooks/dead-letters", items => items.Count == 20);
        var found = (await api.GetAsync($"webhooks/dead-letters?search={letters[0].Text("eventId")}")).MustBe(200).Json.List("items");
        var cluster = Assert.Single((await api.GetAsync("webhooks/dead-letters/clusters")).MustBe(200).Json.List("items"));
        // The receiver is mended.
        (await api.SendAsync(HttpMethod.Patch, $"webhooks/endpoints/{id}", Body(new { url = platform.ScriptedSink("ok") }))).MustBe(200);
        var retry = (await api.PostAsync($"webhooks/dead-letters/clusters/{cluster.Text("clusterId")}/retry")).MustBe(202);
        await ItemsAsync(api, "webhooks/dead-letters", items => items.Count == 0);
        var deliveries = await DeliveriesAsync(api, id, items => items.Count(item => item.Text("status") == "delivered") == 21);
        (await api.PostAsync("webhooks/dead-letters/clusters/clu_none/retry")).MustRefuse(404, "cluster_not_found");
        var purged = (await api.SendAsync(HttpMethod.Delete, "webhooks/dead-letters", null)).MustBe(200);

        Assert.Equal(20, letters.Select(letter => letter.Text("deliveryId")).Distinct().Count());
        Assert.All(letters, letter => Assert.NotNull(letter.At("expiresAt")));
        Assert.Equal(letters[0].Text("deliveryId"), Assert.Single(found).Text("deliveryId"));
        Assert.Equal(20, cluster.Number("count"));
        Assert.Contains(retry.Json.Text("canaryDeliveryId"), letters.Select(letter => letter.Text("deliveryId")));
        Assert.Equal(21, deliveries.Count);
        Assert.Equal(0, purged.Json.Number("deleted"));
        // Counted when the deliveries are written down.
        await api.UntilAsync(workflow, one => one.Number("counts.delivered") == 20);
    }

    [Fact]
    public async Task Replay_counts_first_and_then_sends_what_was_missed()
    {
        var api = await platform.NewTenantAsync();
        await CampaignAsync(api, people: 3);
        var heard = (await CreateAsync(api, "ok", "campaign.completed")).Text("endpointId")!;
        await UntilAsync(api, heard, "active");
        await CampaignAsync(api, people: 3); // written down, for there is a listener
        var late = (await CreateAsync(api, "ok", "campaign.completed")).Text("endpointId")!;
        await UntilAsync(api, late, "active");
        var since = DateTimeOffset.UtcNow.AddMinutes(-10);

        var dry = (await api.PostAsync($"webhooks/endpoints/{heard}/replay", new { since, dryRun = true })).MustBe(200);
        var plan = (await api.PostAsync($"webhooks/endpoints/{late}/replay", new { since })).MustBe(202);
        var deliveries = await DeliveriesAsync(api, late, items => items.Any(item => (bool)item.At("replay")! && item.Text("status") == "delivered"));

        Assert.Equal((1L, 1L), (dry.Json.Number("events"), dry.Json.Number("alreadyDelivered")));
        Assert.Equal((1L, 0L), (plan.Json.Number("events"), plan.Json.Number("alreadyDelivered")));
        Assert.Equal(plan.Header("Location"), plan.Json.Text("statusUrl"));
        Assert.Equal("campaign.completed", deliveries.Single(item => (bool)item.At("replay")!).Text("eventType"));
        Assert.Contains("since", (await api.PostAsync($"webhooks/endpoints/{late}/replay", new { since = DateTimeOffset.UtcNow.AddDays(1) })).MustRefuse(400, "validation_failed").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Windows_move_the_schedule()
    {
        var api = await platform.NewTenantAsync();
        var id = (await CreateAsync(api, "ok")).Text("endpointId")!;
        var window = new { windows = new[] { new { days = new[] { "sunday" }, from = "02:00", minutes = 120, timeZone = "Europe/Malta" } } };

        var put = (await api.SendAsync(HttpMethod.Put, $"webhooks/endpoints/{id}/maintenance-windows", Body(window))).MustBe(200);
        var got = (await api.GetAsync($"webhooks/endpoints/{id}/maintenance-windows")).MustBe(200);
        var schedule = (await api.GetAsync($"webhooks/endpoints/{id}/schedule?from=2026-11-22T01:30:00Z")).MustBe(200);

        Assert.Equal(put.Text, got.Text);
        Assert.Equal("2026-11-22T03:00:00.000Z", schedule.Json.Text("attempts[0].earliest"));
        Assert.True((bool)schedule.Json.At("attempts[0].moved")!);
        (await api.SendAsync(HttpMethod.Put, $"webhooks/endpoints/{id}/maintenance-windows", Body(new { windows = new[] { new { from = "25:00", minutes = 5 } } }))).MustRefuse(400, "validation_failed");
    }

    [Fact]
    public async Task Types_of_events_have_a_schema_and_an_example()
    {
        var types = (await (await platform.NewTenantAsync()).GetAsync("webhooks/event-types")).MustBe(200).Json.List("items");

        Assert.Equal(18, types.Count);
        Assert.All(types, type => Assert.Equal(type.Text("type"), type.Text("example.type")));
        Assert.All(types, type => Assert.Null(EventSchema.Fault(type["schema"]!, type["example"])));
    }

    [Fact]
    public async Task Asymmetric_endpoint_shows_its_public_key_and_never_the_other()
    {
        var api = await platform.NewTenantAsync();

        var made = (await api.PostAsync("webhooks/endpoints", new { url = platform.ScriptedSink("ok"), events = new[] { "*" }, signing = "ed25519" })).MustBe(201);

        Assert.StartsWith("whpk_", made.Json.Text("publicKey"), StringComparison.Ordinal);
        Assert.DoesNotContain("whsk_", made.Text, StringComparison.Ordinal);
        await UntilAsync(api, made.Json.Text("endpointId")!, "active");
    }

    private static StringContent Body(object body) => new(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");

    private async Task<JsonNode> CreateAsync(ApiClient api, string script, string type = "*") =>
        (await api.PostAsync("webhooks/endpoints", new { url = platform.ScriptedSink(script), events = new[] { type } })).MustBe(201).Json!;

    private static async Task<string> CampaignAsync(ApiClient api, int people)
    {
        var started = await api.StartAsync(new { name = "webhooks", industry = "casino", prospects = Some.Prospects(people, "hooks"), options = new { validateEmails = false, generateFor = Array.Empty<string>() } });
        await api.EndAsync(started.Text("workflowId")!);
        return started.Text("workflowId")!;
    }

    private Task<IReadOnlyList<JsonNode>> DeliveriesAsync(ApiClient api, string endpointId, Func<IReadOnlyList<JsonNode>, bool> condition) =>
        ItemsAsync(api, $"webhooks/deliveries?endpointId={endpointId}", condition);

    private async Task<IReadOnlyList<JsonNode>> ItemsAsync(ApiClient api, string path, Func<IReadOnlyList<JsonNode>, bool> condition)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            var reply = (await api.GetAsync(path)).MustBe(200);
            if (condition(reply.Json.List("items")))
                return reply.Json.List("items");
            Assert.True(started.Elapsed < Patience.Usual, $"{path}: {reply.Text}{Environment.NewLine}{platform.Log.Tail()}");
            await Task.Delay(100);
        }
    }

    private async Task<JsonNode> UntilAsync(ApiClient api, string endpointId, string status)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            var endpoint = (await api.GetAsync($"webhooks/endpoints/{endpointId}")).MustBe(200);
            if (endpoint.Json.Text("status") == status)
                return endpoint.Json!;
            Assert.True(started.Elapsed < Patience.Usual, $"{endpoint.Text}{Environment.NewLine}{platform.Log.Tail()}");
            await Task.Delay(100);
        }
    }
}
