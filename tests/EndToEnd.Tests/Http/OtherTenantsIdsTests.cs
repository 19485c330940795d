using System.Text;
using System.Text.Json.Nodes;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;

namespace ProspectOps.EndToEnd.Tests.Http;

/// <summary>Walks every path of the API document that names something by its id, with the id of another tenant's thing: nobody finds it.</summary>
/// <remarks>The document holds every HTTP function; a test of its own sees to that.</remarks>
public sealed class OtherTenantsIdsTests(Platform platform)
{
    // What stands before the id in a path, and whose id goes there. What is not named here gets one that has the shape of an id.
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["workflows"] = "wf",
        ["campaigns"] = "cmp",
        ["analytics"] = "cmp",
        ["manage/keys"] = "key",
    };

    [Fact]
    public async Task No_path_finds_another_tenants_thing()
    {
        var theirs = await ThingsAsync();
        var (_, mine) = await TenantAsync();
        var walked = 0;
        foreach (var (path, verb, operation) in await OperationsAsync())
        {
            var parts = path.Trim('/').Split('/');
            var place = Array.FindIndex(parts, part => part.StartsWith('{'));
            // An id, and not a word of the path such as a tier or an industry; the operator's paths are refused as a whole.
            if (place < 0 || !parts[place].EndsWith("id}", StringComparison.OrdinalIgnoreCase) || path.Contains("manage/tenants", StringComparison.Ordinal) || operation["security"]!.AsArray().Count == 0)
                continue;
            var before = string.Join('/', parts[..place]);
            var known = Kinds.TryGetValue(before, out var kind);
            parts[place] = known ? theirs[kind!] : "xxx_01m2n8q4r5t6v7w8x9y0z1a2b3";
            for (var later = place + 1; later < parts.Length; later++)
                parts[later] = parts[later] == "{tier}" ? "all" : parts[later];
            var target = string.Join('/', parts);

            var body = operation["requestBody"]?["content"]?["application/json"]?["example"]?.ToJsonString() ?? "{}";
            var reply = await mine.SendAsync(new HttpMethod(verb.ToUpperInvariant()), target, verb is "get" or "delete" ? null : new StringContent(body, Encoding.UTF8, "application/json"));

            Assert.True(reply.Code == 404, $"{verb} {path} answered {reply.Code}: {reply.Text}");
            Assert.DoesNotContain("route_not_found", reply.Text, StringComparison.Ordinal);
            walked++;
        }
        Assert.True(walked >= 12, $"Only {walked} paths were walked.");
    }

    private async Task<IReadOnlyList<(string Path, string Verb, JsonNode Operation)>> OperationsAsync()
    {
        var document = (await platform.Operator.GetAsync("openapi.json")).MustBe(200).Json!;
        return [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Where(operation => operation.Value is JsonObject).Select(operation => (path.Key, operation.Key, operation.Value!)))];
    }

    private async Task<Dictionary<string, string>> ThingsAsync()
    {
        var (tenantId, api) = await TenantAsync();
        var started = await api.StartAsync(new { name = "Theirs", industry = "casino", prospects = Some.Prospects(3, "theirs"), options = new { generateFor = Array.Empty<string>() } });
        await api.EndAsync(started.Text("workflowId")!);
        return new Dictionary<string, string>
        {
            ["wf"] = started.Text("workflowId")!,
            ["cmp"] = started.Text("campaignId")!,
            ["key"] = (await platform.Operator.NewKeyAsync(["campaigns:read"], tenantId)).Text("keyId")!,
        };
    }

    private async Task<(string TenantId, ApiClient Api)> TenantAsync()
    {
        var tenantId = (await platform.Operator.PostAsync("manage/tenants", new { name = "One of two" })).MustBe(201).Json.Text("tenantId")!;
        return (tenantId, platform.With((await platform.Operator.NewKeyAsync(["*"], tenantId)).Text("key")));
    }
}
