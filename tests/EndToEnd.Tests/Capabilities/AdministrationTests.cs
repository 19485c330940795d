using System.Text.Json.Nodes;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;

namespace ProspectOps.EndToEnd.Tests.Capabilities;

/// <summary>Tenants, keys, limits, requests and usage, as an operator and an administrator of a tenant see them.</summary>
public sealed class AdministrationTests(Platform platform)
{
    private readonly ApiClient _operator = platform.Operator;

    [Fact]
    public async Task Key_that_is_asked_for_twice_is_one_key_and_its_secret_is_shown_in_no_list()
    {
        var body = new { name = "Once", scopes = new[] { "campaigns:read" } };
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());

        var first = (await _operator.PostAsync("manage/keys", body, key)).MustBe(201);
        var again = (await _operator.PostAsync("manage/keys", body, key)).MustBe(201);
        var other = await _operator.PostAsync("manage/keys", new { name = "Other", scopes = new[] { "campaigns:read" } }, key);

        Assert.Equal((first.Text, "true"), (again.Text, again.Header("Idempotency-Replayed")));
        other.MustRefuse(409, "idempotency_key_reused");
        (await platform.With(first.Json.Text("key")).GetAsync("campaigns")).MustBe(200);
        Assert.DoesNotContain(first.Json.Text("key")!, (await _operator.GetAsync("manage/keys?limit=200")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotated_key_goes_on_in_its_grace_and_who_uses_it_is_shown()
    {
        var (admin, _) = await TenantAsync();
        var old = (await admin.PostAsync("manage/keys", new { name = "Old", scopes = new[] { "admin:read" }, rotateEveryDays = 30 })).MustBe(201).Json;

        var rotated = (await admin.PostAsync($"manage/keys/{old.Text("keyId")}/rotate", new { graceHours = 1 })).MustBe(200).Json;
        (await platform.With(old.Text("key")).GetAsync("limits")).MustBe(200);
        (await platform.With(rotated.Text("key")).GetAsync("limits")).MustBe(200);
        var listed = (await admin.AllAsync("manage/keys", 2)).ToDictionary(one => one.Text("keyId")!);
        var again = await admin.PostAsync($"manage/keys/{old.Text("keyId")}/rotate");

        Assert.Equal(old.Text("keyId"), rotated.Text("previousKeyId"));
        Assert.NotNull(rotated.Text("previousExpiresAt"));
        Assert.Equal(("rotating", "127.0.0.1"), (listed[old.Text("keyId")!].Text("status"), listed[old.Text("keyId")!].Text("lastUsed.address")));
        Assert.Equal("active", listed[rotated.Text("keyId")!].Text("status"));
        again.MustRefuse(409, "key_already_rotated");
        (await admin.PostAsync($"manage/keys/{old.Text("keyId")}/rotate", new { graceHours = -1 })).MustRefuse(400, "validation_failed");
    }

    [Fact]
    public async Task Revoked_key_is_unknown_at_once_and_the_last_admin_key_stays()
    {
        var (admin, adminKeyId) = await TenantAsync();
        var victim = (await admin.PostAsync("manage/keys", new { name = "Victim", scopes = new[] { "admin:read" } })).MustBe(201).Json;

        (await platform.With(victim.Text("key")).GetAsync("manage/keys")).MustBe(200);
        (await admin.PostAsync($"manage/keys/{victim.Text("keyId")}/revoke")).MustBe(200);

        (await platform.With(victim.Text("key")).GetAsync("manage/keys")).MustRefuse(401, "api_key_invalid");
        (await admin.PostAsync($"manage/keys/{adminKeyId}/revoke")).MustRefuse(409, "last_admin_key");
        (await admin.PostAsync("manage/keys/key_none/revoke")).MustRefuse(404, "key_not_found");
    }

    [Fact]
    public async Task Key_is_refused_from_outside_its_networks_and_after_its_end()
    {
        var elsewhere = (await _operator.PostAsync("manage/keys", new { name = "Elsewhere", scopes = new[] { "*" }, allowedNetworks = new[] { "203.0.113.0/24", "2001:db8::/32" } })).MustBe(201).Json;
        var here = (await _operator.PostAsync("manage/keys", new { name = "Here", scopes = new[] { "*" }, allowedNetworks = new[] { "127.0.0.0/8", "::1" } })).MustBe(201).Json;

        var refused = (await platform.With(elsewhere.Text("key")).GetAsync("limits")).MustRefuse(403, "network_not_allowed");
        // What the caller says of itself is not believed: nothing stands in front of this app.
        (await platform.With(elsewhere.Text("key")).SendAsync(HttpMethod.Get, "limits", null, ("X-Forwarded-For", "203.0.113.9"))).MustRefuse(403, "network_not_allowed");
        (await platform.With(here.Text("key")).GetAsync("limits")).MustBe(200);

        Assert.Equal("100", refused.Header("RateLimit-Limit"));
        (await _operator.PostAsync("manage/keys", new { name = "x", scopes = new[] { "*" }, allowedNetworks = new[] { "here" } })).MustRefuse(400, "validation_failed");
        (await _operator.PostAsync("manage/keys", new { name = "x", scopes = new[] { "*" }, expiresAt = "2020-01-01T00:00:00Z" })).MustRefuse(400, "validation_failed");
    }

    [Fact]
    public async Task Hundred_requests_a_minute_are_let_through_to_the_request()
    {
        var key = (await _operator.PostAsync("manage/keys", new { name = "Usual", scopes = new[] { "campaigns:read" } })).MustBe(201).Json.Text("key");
        var api = platform.With(key);

        var replies = await Task.WhenAll(Enumerable.Range(0, 120).Select(_ => api.GetAsync("limits")));

        Assert.Equal(100, replies.Count(reply => reply.Code == 200));
        var over = replies.First(reply => reply.Code == 429).MustRefuse(429, "rate_limited");
        Assert.InRange(int.Parse(over.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.All(replies, reply => Assert.Equal("100", reply.Header("RateLimit-Limit")));
    }

    [Fact]
    public async Task Limits_show_every_window_of_the_key_and_its_tenant()
    {
        var (admin, _) = await TenantAsync(new JsonObject { ["validation.daily"] = 1000, ["llm.monthlyUsd"] = 12.5 });
        var key = (await admin.PostAsync("manage/keys", new { name = "Limited", scopes = new[] { "validation:read" }, rateLimitPerMinute = 70, quotas = new Dictionary<string, object> { ["validation.monthly"] = 5 } })).MustBe(201).Json.Text("key");

        var limits = (await platform.With(key).GetAsync("limits")).MustBe(200).Json.List("items").ToDictionary(one => $"{one.Text("name")} {one.Text("appliesTo")}");

        Assert.Equal(["llm.monthlyUsd tenant", "requests.perMinute key", "validation.daily tenant", "validation.monthly key"], limits.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((70, 1, 69), (limits["requests.perMinute key"].Number("limit"), limits["requests.perMinute key"].Number("used"), limits["requests.perMinute key"].Number("remaining")));
        Assert.Equal((1000, 0, 1000), (limits["validation.daily tenant"].Number("limit"), limits["validation.daily tenant"].Number("used"), limits["validation.daily tenant"].Number("remaining")));
        Assert.Equal(12.5m, (decimal)limits["llm.monthlyUsd tenant"]["limit"]!);
        Assert.All(limits.Values, limit => Assert.NotNull(limit.Text("resetsAt")));
    }

    [Fact]
    public async Task Suspended_tenant_is_told_so_until_it_is_active_again()
    {
        var (admin, _) = await TenantAsync();
        var tenantId = (await admin.GetAsync("limits")).MustBe(200).Json.Text("tenantId");

        await PatchAsync(tenantId!, new { status = "suspended" });
        var refused = await admin.GetAsync("campaigns");
        await PatchAsync(tenantId!, new { status = "active", name = "Renamed", settings = new { plan = "gold", seats = 3 } });
        var tenant = (await _operator.GetAsync($"manage/tenants/{tenantId}")).MustBe(200).Json;

        refused.MustRefuse(403, "tenant_suspended");
        (await admin.GetAsync("manage/keys")).MustBe(200);
        Assert.Equal(("Renamed", "active", "gold", 3), (tenant.Text("name"), tenant.Text("status"), tenant.Text("settings.plan"), tenant.Number("settings.seats")));
        (await _operator.SendAsync(HttpMethod.Patch, "manage/tenants/default", Body(new { status = "suspended" }))).MustRefuse(409, "default_tenant_stays");
        (await _operator.SendAsync(HttpMethod.Patch, $"manage/tenants/{tenantId}", Body(new { status = "deleting" }))).MustRefuse(400, "validation_failed");
        (await _operator.GetAsync("manage/tenants/ten_none")).MustRefuse(404, "tenant_not_found");
        (await admin.GetAsync($"manage/tenants/{tenantId}")).MustRefuse(403, "operator_only");
    }

    [Fact]
    public async Task Deleted_tenant_is_gone_with_all_it_had_and_what_was_removed_is_told()
    {
        var (admin, _) = await TenantAsync();
        var tenantId = (await admin.GetAsync("limits")).MustBe(200).Json.Text("tenantId");
        (await admin.PostAsync("campaigns/create", new { name = "Mine", industry = "casino" })).MustBe(201);
        await admin.UploadAsync(Some.Csv(20, 0, 0));

        var deleting = (await _operator.SendAsync(HttpMethod.Delete, $"manage/tenants/{tenantId}", null)).MustBe(202).Json;
        (await admin.GetAsync("campaigns")).MustRefuse(401, "api_key_invalid");
        var deletion = await Eventually.BecomesAsync(
            async () => (await _operator.GetAsync($"manage/tenants/{tenantId}/deletion")).MustBe(200).Json!, one => one.Text("status") == "Completed", platform.Log);

        Assert.Equal("deleting", deleting.Text("status"));
        var (tables, containers) = (deletion.Numbers("tables"), deletion.Numbers("containers"));
        Assert.Equal((1, 1, 1), (tables["Campaigns"], tables["ApiKeys"], tables["Tenants"]));
        Assert.True(tables["Audit"] >= 3, deletion.ToJsonString());
        Assert.True(containers.Values.Sum() >= 1, deletion.ToJsonString());
        (await _operator.GetAsync($"manage/tenants/{tenantId}")).MustRefuse(404, "tenant_not_found");
        Assert.Contains((await _operator.GetAsync("manage/audit?action=tenant.delete&limit=200")).MustBe(200).Json.List("items"), entry => entry.Text("target")!.Contains(tenantId!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Requests_and_usage_show_what_a_tenants_keys_did()
    {
        var begunOn = Today();
        var (admin, adminKeyId) = await TenantAsync();
        var other = (await admin.PostAsync("manage/keys", new { name = "Other", scopes = new[] { "campaigns:read" } })).MustBe(201).Json;
        for (var number = 0; number < 3; number++)
            (await platform.With(other.Text("key")).GetAsync("campaigns")).MustBe(200);
        (await platform.With(other.Text("key")).GetAsync("campaigns/cmp_none")).MustBe(404);

        var mine = await Eventually.BecomesAsync(
            async () => (await admin.GetAsync($"manage/requests?key={other.Text("keyId")}")).MustBe(200).Json.List("items"), items => items.Count == 4, platform.Log);
        var missing = (await admin.GetAsync($"manage/requests?status=4xx&key={other.Text("keyId")}")).MustBe(200).Json.List("items");
        // Written beside the requests, not with them.
        var byKey = await Eventually.BecomesAsync(
            async () => (await admin.GetAsync("manage/usage?groupBy=key")).MustBe(200).Json.List("items"),
            items => items.Any(one => one.Text("keyId") == adminKeyId) && items.Any(one => one.Text("keyId") == other.Text("keyId") && one.Number("requests") == 4), platform.Log);
        var byOperation = (await admin.GetAsync("manage/usage?groupBy=operation")).MustBe(200).Json;
        var byDay = (await admin.GetAsync("manage/usage")).MustBe(200).Json;

        Assert.Equal(("GET", "/api/campaigns/{id}", 404), (missing[0].Text("method"), missing[0].Text("route"), missing[0].Number("status")));
        Assert.Equal(byKey.Count, byKey.DistinctBy(one => one.Text("keyId")).Count());
        Assert.Equal(3, byOperation.List("items").Single(one => one.Text("operation") == "ListCampaigns").Number("requests"));
        // One day, or two where midnight came between.
        var days = byDay.List("items").Select(one => one.Text("day")).ToArray();
        Assert.NotEmpty(days);
        Assert.Equal(days.Distinct(), days);
        Assert.Empty(days.Except([begunOn, Today()]));
        Assert.All(mine, one => Assert.NotNull(one.Text("at")));
        Assert.All(mine, one => Assert.True(one.Number("bytes") > 0));
        (await admin.GetAsync("manage/usage?groupBy=moon")).MustRefuse(400, "validation_failed");
        (await admin.GetAsync("manage/requests?status=teapot")).MustRefuse(400, "validation_failed");
    }

    [Fact]
    public async Task Bytes_of_files_and_refusals_are_counted()
    {
        var (admin, _) = await TenantAsync();
        var file = (await admin.GetAsync("manage/audit/export?format=jsonl")).MustBe(200);
        var refusal = (await admin.GetAsync("campaigns/cmp_none")).MustRefuse(404, "campaign_not_found");

        var bytes = await Eventually.BecomesAsync(
            async () => (await admin.GetAsync("manage/requests")).MustBe(200).Json.List("items").Where(one => one.Text("route") is "/api/manage/audit/export" or "/api/campaigns/{id}").ToDictionary(one => one.Text("route")!, one => one.Number("bytes")),
            found => found.Count == 2, platform.Log);

        Assert.Equal((System.Text.Encoding.UTF8.GetByteCount(file.Text), System.Text.Encoding.UTF8.GetByteCount(refusal.Text)), ((int)bytes["/api/manage/audit/export"], (int)bytes["/api/campaigns/{id}"]));
    }

    [Fact]
    public async Task Keys_say_when_they_end_and_when_they_were_used_even_if_never()
    {
        var (admin, _) = await TenantAsync();
        var made = (await admin.PostAsync("manage/keys", new { name = "Never used", scopes = new[] { "admin:read" } })).MustBe(201).Json!;

        var shown = (await admin.GetAsync("manage/keys")).MustBe(200).Json.List("items").Single(key => key.Text("keyId") == made.Text("keyId"));

        Assert.Equal((true, null), (made.AsObject().ContainsKey("expiresAt"), made["expiresAt"]));
        Assert.All(new[] { "expiresAt", "lastUsedAt" }, field => Assert.Equal((true, null), (shown.AsObject().ContainsKey(field), shown[field])));
    }

    [Fact]
    public async Task Usage_counts_what_was_validated_remembered_and_delivered()
    {
        var (admin, keyId) = await TenantAsync();
        var inbox = platform.Sink.Open();
        for (var time = 0; time < 3; time++)
            (await admin.PostAsync("validation/check", new { email = "maria@casino-usage.example" })).MustBe(200);
        (await admin.PostAsync("validation/jobs", new { emails = new[] { "a@casino-usage.example", "b@casino-usage.example", "no address" } })).MustBe(202);
        var started = await admin.StartAsync(new
        {
            name = "Usage",
            industry = "casino",
            prospects = Some.Prospects(4, "usage"),
            options = new { generateFor = Array.Empty<string>(), validateEmails = false, deliverTo = inbox.DeliverTo },
        });
        await admin.EndAsync(started.Text("workflowId")!);

        // Three single checks and a list of three; four people and the end of their campaign.
        await Eventually.BecomesAsync(
            async () => (await admin.GetAsync("manage/usage")).MustBe(200).Json.List("items"),
            days => (days.Sum(day => day.Number("validations")), days.Sum(day => day.Number("deliveries"))) == (6, 5), platform.Log);
        var single = (await admin.GetAsync("manage/usage?groupBy=operation")).MustBe(200).Json.List("items").Single(one => one.Text("operation") == "validation");

        Assert.Equal((3, 2), ((int)single.Number("validations"), (int)single.Number("cacheHits")));
        Assert.Contains((await admin.GetAsync("manage/usage?groupBy=key")).MustBe(200).Json.List("items"), one => one.Text("keyId") == keyId && one.Number("validations") == 6);
    }

    [Fact]
    public async Task Upload_that_is_sent_twice_is_one_and_another_file_under_its_key_is_refused()
    {
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());

        var first = (await UploadAsync(Some.Csv(5, 0, 0))).MustBe(201);
        var again = (await UploadAsync(Some.Csv(5, 0, 0))).MustBe(201);

        Assert.Equal((first.Text, "true"), (again.Text, again.Header("Idempotency-Replayed")));
        Assert.Contains("differs", (await UploadAsync(Some.Csv(6, 0, 0))).MustRefuse(409, "idempotency_key_reused").Error("file"), StringComparison.Ordinal);

        Task<Reply> UploadAsync(byte[] csv)
        {
            var content = new ByteArrayContent(csv);
            content.Headers.ContentType = new("text/csv");
            return _operator.SendAsync(HttpMethod.Post, "uploads", content, key);
        }
    }

    private static string Today() => DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static System.Net.Http.Json.JsonContent Body(object body) => System.Net.Http.Json.JsonContent.Create(body);

    private async Task PatchAsync(string tenantId, object change) => (await _operator.SendAsync(HttpMethod.Patch, $"manage/tenants/{tenantId}", Body(change))).MustBe(200);

    private async Task<(ApiClient Admin, string KeyId)> TenantAsync(JsonObject? quotas = null)
    {
        var tenantId = (await _operator.PostAsync("manage/tenants", new { name = "Administered", quotas = quotas ?? [] })).MustBe(201).Json.Text("tenantId");
        var key = await _operator.NewKeyAsync(["*"], tenantId);
        return (platform.With(key.Text("key")), key.Text("keyId")!);
    }
}
