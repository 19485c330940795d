using System.Text;
using System.Text.Json.Nodes;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;

namespace ProspectOps.EndToEnd.Tests.Http;

/// <summary>Walks everything in the API document that takes an id, in a path, a body or a query, with the ids of another tenant's real things: nobody finds them, and nothing becomes of them.</summary>
/// <remarks>The document holds every HTTP function; a test of its own sees to that. Of the operator's paths, which are refused as a whole, others tell.</remarks>
public sealed class OtherTenantsIdsTests(Platform platform, OtherTenantsIdsTests.Theirs theirs) : IClassFixture<OtherTenantsIdsTests.Theirs>
{
    // What stands before the placeholder in a path, and whose id goes there.
    private static readonly Dictionary<string, string> InPaths = new(StringComparer.Ordinal)
    {
        ["agents"] = "industry",
        ["campaigns"] = "campaign",
        ["crm/uploads"] = "crmUpload",
        ["manage/keys"] = "key",
        ["suppressions"] = "suppressed",
        ["validation/cache"] = "remembered",
        ["validation/jobs"] = "job",
        ["validation/schedules"] = "schedule",
        ["webhooks/dead-letters"] = "delivery",
        ["webhooks/dead-letters/clusters"] = "cluster",
        ["webhooks/deliveries"] = "delivery",
        ["webhooks/endpoints"] = "endpoint",
        ["workflows"] = "workflow",
    };

    // A word of the path that names nothing by itself.
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal) { ["{tier}"] = "all" };

    // Fields of bodies and parameters of queries that name a thing.
    private static readonly Dictionary<string, string> ByName = new(StringComparer.Ordinal)
    {
        ["campaignId"] = "campaign",
        ["clusterId"] = "cluster",
        ["endpointId"] = "endpoint",
        ["key"] = "key",
        ["uploadId"] = "upload",
    };

    // What is answered for a thing that is not there: these ask about a name, of which there may be nothing.
    private static readonly Dictionary<string, int> Otherwise = new(StringComparer.Ordinal)
    {
        ["get /agents/{industry}/status"] = 200,
        ["delete /validation/cache/{email}"] = 204,
    };

    [Fact]
    public async Task No_path_finds_another_tenants_thing()
    {
        var (mine, walked) = (await platform.NewTenantAsync(), new HashSet<string>(StringComparer.Ordinal));
        var before = await theirs.EverythingAsync();
        foreach (var (path, verb, operation) in Operations().Where(one => one.Path.Contains('{', StringComparison.Ordinal)))
        {
            var parts = path.Trim('/').Split('/');
            var place = Array.FindIndex(parts, part => part.StartsWith('{'));
            var kind = string.Join('/', parts[..place]);
            Assert.True(InPaths.ContainsKey(kind), $"{path} names something of which this test makes none.");
            parts[place] = theirs.Ids[InPaths[kind]];
            for (var later = place + 1; later < parts.Length; later++)
            {
                Assert.True(!parts[later].StartsWith('{') || Words.ContainsKey(parts[later]), $"{path} names a second thing, of which this test makes none.");
                parts[later] = Words.GetValueOrDefault(parts[later], parts[later]);
            }

            var reply = await SendAsync(mine, verb, string.Join('/', parts), verb is "get" or "delete" ? null : Example(operation));

            Assert.True(reply.Code == Otherwise.GetValueOrDefault($"{verb} {path}", 404), $"{verb} {path} answered {reply.Code}: {reply.Text}");
            Assert.DoesNotContain("route_not_found", reply.Text, StringComparison.Ordinal);
            walked.Add(kind);
        }
        Assert.Empty(InPaths.Keys.Except(walked));
        Assert.Equal(before, await theirs.EverythingAsync());
    }

    [Fact]
    public async Task No_field_of_a_body_leads_to_another_tenants_thing()
    {
        var (mine, walked) = (await platform.NewTenantAsync(), 0);
        var before = await theirs.EverythingAsync();
        foreach (var (path, verb, operation) in Operations().Where(one => !one.Path.Contains('{', StringComparison.Ordinal)))
        {
            foreach (var name in Fields(operation).Where(IsId))
            {
                Assert.True(ByName.ContainsKey(name), $"{name} of {verb} {path} names something of which this test makes none.");
                var body = Example(operation);
                // Else they stand in place of what the id names.
                body.Remove("emails");
                body.Remove("prospects");
                body[name] = theirs.Ids[ByName[name]];
                foreach (var url in body.Select(field => field.Key).Where(field => field.EndsWith("url", StringComparison.OrdinalIgnoreCase)).ToArray())
                    body[url] = platform.ScriptedSink("ok");

                var reply = await SendAsync(mine, verb, path[1..], body);

                Assert.True(reply.Code == 404, $"{verb} {path} with {name} answered {reply.Code}: {reply.Text}");
                walked++;
            }
        }
        Assert.True(walked >= 8, $"Only {walked} fields were walked.");
        Assert.Equal(before, await theirs.EverythingAsync());
    }

    [Fact]
    public async Task No_query_shows_or_touches_another_tenants_thing()
    {
        var (mine, walked) = (await platform.NewTenantAsync(), 0);
        var before = await theirs.EverythingAsync();
        foreach (var (path, verb, operation) in Operations().Where(one => !one.Path.Contains('{', StringComparison.Ordinal)))
        {
            foreach (var name in operation["parameters"]?.AsArray().Where(one => (string?)one!["in"] == "query").Select(one => (string)one!["name"]!).Where(name => IsId(name) || name == "key") ?? [])
            {
                Assert.True(ByName.ContainsKey(name), $"{name} of {verb} {path} names something of which this test makes none.");
                var reply = await SendAsync(mine, verb, $"{path[1..]}?{name}={theirs.Ids[ByName[name]]}", null);

                Assert.True(reply.Code is 200 or 404, $"{verb} {path}?{name}= answered {reply.Code}: {reply.Text}");
                Assert.True(reply.Code == 404 || (reply.Json?["items"] is JsonArray { Count: 0 }) || (reply.Json?["deleted"] is JsonValue deleted && (long)deleted == 0), $"{verb} {path}?{name}= answered {reply.Text}");
                walked++;
            }
        }
        Assert.True(walked >= 5, $"Only {walked} parameters were walked.");
        Assert.Equal(before, await theirs.EverythingAsync());
    }

    // The tenant itself is the operator's to name: 403.
    private static bool IsId(string name) => name.EndsWith("Id", StringComparison.Ordinal) && name != "tenantId";

    private IEnumerable<(string Path, string Verb, JsonNode Operation)> Operations() => platform.Contract.Document["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject().Select(operation => (path.Key, operation.Key, operation.Value!)))
        // Open is what carries no id of a tenant; the operator's own is refused to everybody else.
        .Where(one => one.Item3["security"]!.AsArray().Count > 0 && !one.Item1.StartsWith("/manage/tenants", StringComparison.Ordinal));

    private static JsonObject Example(JsonNode operation) =>
        operation["requestBody"]?["content"]?["application/json"]?["example"] is JsonObject example ? example.DeepClone().AsObject() : [];

    private IEnumerable<string> Fields(JsonNode operation)
    {
        var schema = operation["requestBody"]?["content"]?["application/json"]?["schema"];
        if ((string?)schema?["$ref"] is { } reference)
            schema = platform.Contract.Document["components"]!["schemas"]![reference.Split('/')[^1]];
        return schema?["properties"] is JsonObject properties ? properties.Select(property => property.Key) : [];
    }

    private static async Task<Reply> SendAsync(ApiClient api, string verb, string path, JsonObject? body)
    {
        using var content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await api.SendAsync(new HttpMethod(verb.ToUpperInvariant()), path, content);
    }

    /// <summary>A tenant that has one of everything, all of which has come to rest.</summary>
    public sealed class Theirs(Platform platform) : IAsyncLifetime
    {
        private ApiClient _api = null!;

        /// <summary>By kind.</summary>
        public Dictionary<string, string> Ids { get; } = new(StringComparer.Ordinal);

        public async ValueTask InitializeAsync()
        {
            _api = await platform.NewTenantAsync();
            Ids["key"] = (await _api.NewKeyAsync(["campaigns:read"])).Text("keyId")!;
            Ids["upload"] = await _api.UploadAsync(Encoding.UTF8.GetBytes("email\nann@theirs.example\n"));
            Ids["industry"] = "energy";
            await _api.EndAsync((await _api.PostAsync("agents/build", new { industry = "energy", notes = "Theirs." })).MustBe(202).Json.Text("workflowId")!);
            (Ids["suppressed"], Ids["remembered"]) = ("suppressed@theirs.example", "remembered@theirs.example");
            (await _api.PostAsync("suppressions", new { emails = new[] { Ids["suppressed"] } })).MustBe(201);
            (await _api.PostAsync("validation/check", new { email = Ids["remembered"] })).MustBe(200);
            Ids["job"] = (await _api.PostAsync("validation/jobs", new { emails = new[] { "bob@theirs.example" } })).MustBe(202).Json.Text("jobId")!;
            await _api.JobEndAsync(Ids["job"]);
            Ids["schedule"] = (await _api.PostAsync("validation/schedules", new { name = "Theirs", uploadId = Ids["upload"], cadence = "monthly", dayOfMonth = DateTimeOffset.UtcNow.AddDays(14).Day is var day and < 28 ? day : 28, at = "03:00", timeZone = "UTC" })).MustBe(201).Json.Text("scheduleId")!;
            Ids["endpoint"] = (await _api.PostAsync("webhooks/endpoints", new { url = platform.ScriptedSink("reset"), events = new[] { "prospect.ready" } })).MustBe(201).Json.Text("endpointId")!;
            await Eventually.BecomesAsync(() => JsonAsync($"webhooks/endpoints/{Ids["endpoint"]}"), one => one.Text("status") == "active", platform.Log);
            var started = await _api.StartAsync(new { name = "Theirs", industry = "casino", prospects = Some.Prospects(3, "theirs"), options = new { generateFor = Array.Empty<string>() } });
            (Ids["workflow"], Ids["campaign"]) = (started.Text("workflowId")!, started.Text("campaignId")!);
            await _api.EndAsync(Ids["workflow"]);
            var letters = await Eventually.BecomesAsync(() => JsonAsync("webhooks/dead-letters"), one => one.List("items").Count == 3, platform.Log);
            Ids["delivery"] = letters.List("items")[0].Text("deliveryId")!;
            Ids["cluster"] = (await JsonAsync("webhooks/dead-letters/clusters")).List("items")[0].Text("clusterId")!;
            (await _api.PutAsync("crm/config", new { })).MustBe(200);
            Ids["crmUpload"] = (await _api.PostAsync("crm/uploads", new { emails = new[] { "cy@theirs.example" }, callbackUrl = platform.ScriptedSink("ok") })).MustBe(202).Json.Text("uploadId")!;
            var told = await Eventually.BecomesAsync(() => JsonAsync($"crm/uploads/{Ids["crmUpload"]}"), one => one.Text("status") == "Completed", platform.Log);
            // What the upload calls back comes after its end; the challenge and the letters are settled by now.
            await Eventually.BecomesAsync(
                () => JsonAsync("webhooks/deliveries"),
                one => one.List("items").Where(delivery => delivery.Text("endpointId") == told.Text("callbackEndpointId")).Select(delivery => delivery.Text("status")).SequenceEqual(["delivered"]),
                platform.Log);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        /// <summary>All of it as text, but for when its keys were last used.</summary>
        public async Task<string> EverythingAsync()
        {
            var all = new StringBuilder();
            foreach (var path in new[]
            {
                $"agents/{Ids["industry"]}", $"campaigns/{Ids["campaign"]}", $"campaigns/{Ids["campaign"]}/prospects/all", "campaigns", "crm/config", $"crm/uploads/{Ids["crmUpload"]}", "manage/keys", "suppressions",
                $"validation/jobs/{Ids["job"]}", "validation/rules", $"validation/schedules/{Ids["schedule"]}", $"validation/schedules/{Ids["schedule"]}/runs", "webhooks/dead-letters", "webhooks/dead-letters/clusters",
                "webhooks/deliveries", $"webhooks/deliveries/{Ids["delivery"]}", $"webhooks/endpoints/{Ids["endpoint"]}", $"webhooks/endpoints/{Ids["endpoint"]}/maintenance-windows", "workflows", $"workflows/{Ids["workflow"]}",
            })
            {
                var json = await JsonAsync(path);
                foreach (var item in (json["items"] as JsonArray ?? []).OfType<JsonObject>())
                {
                    item.Remove("lastUsed");
                    item.Remove("lastUsedAt");
                }
                all.Append(path).Append(": ").AppendLine(json.ToJsonString());
            }
            // What is remembered of an address is seen only by asking for it.
            all.Append((await _api.PostAsync("validation/check", new { email = Ids["remembered"] })).MustBe(200).Json!["cached"]);
            return all.ToString();
        }

        private async Task<JsonNode> JsonAsync(string path) => (await _api.GetAsync(path)).MustBe(200).Json!;
    }
}
