using System.Text.Json.Nodes;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;

namespace ProspectOps.EndToEnd.Tests.Http;

/// <summary>How lists begin and end.</summary>
public sealed class ListsTests(Platform platform)
{
    [Fact]
    public async Task Page_that_holds_all_there_is_leads_nowhere()
    {
        var api = await platform.NewTenantAsync();
        foreach (var name in new[] { "One", "Two" })
            await api.EndAsync((await api.StartAsync(new { name, industry = "casino", prospects = Some.Prospects(1), options = new { generateFor = Array.Empty<string>() } })).Text("workflowId")!);
        (await api.PostAsync("manage/keys", new { name = "Second", scopes = new[] { "admin:read" } })).MustBe(201);

        foreach (var list in new[] { "workflows", "workflows?status=Completed", "campaigns", "manage/keys" })
        {
            var whole = (await api.GetAsync($"{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=2")).MustBe(200).Json!;
            Assert.Equal((2, null), (whole.List("items").Count, whole.Text("nextCursor")));
            Assert.Equal(Ids(whole.List("items")), Ids(await api.AllAsync(list, 1)));
        }
    }

    [Fact]
    public async Task Campaigns_come_newest_first()
    {
        var api = await platform.NewTenantAsync("campaigns:write");
        var made = new List<string>();
        foreach (var name in new[] { "First", "Second", "Third" })
            made.Add((await api.PostAsync("campaigns/create", new { name, industry = "casino" })).MustBe(201).Json.Text("campaignId")!);

        Assert.Equal(Enumerable.Reverse(made), (await api.AllAsync("campaigns", 2)).Select(campaign => campaign.Text("campaignId")));
    }

    [Theory]
    [InlineData("industries")]
    [InlineData("webhooks/event-types")]
    public async Task List_that_is_known_as_a_whole_comes_in_pages_all_the_same(string list)
    {
        var api = platform.Operator;
        var whole = (await api.GetAsync(list)).MustBe(200).Json!;
        var some = (await api.GetAsync($"{list}?limit=5")).MustBe(200).Json!;

        Assert.True(whole.List("items").Count > 5);
        Assert.True(whole.AsObject().ContainsKey("nextCursor"));
        Assert.Null(whole.Text("nextCursor"));
        Assert.Equal((5, true), (some.List("items").Count, some.Text("nextCursor") is not null));
        Assert.Equal(Ids(whole.List("items")), Ids(await api.AllAsync(list, 5)));
        Assert.Equal(Ids(whole.List("items")), Ids(await api.AllAsync(list, whole.List("items").Count)));
        (await api.GetAsync($"campaigns?cursor={some.Text("nextCursor")}")).MustRefuse(400, "cursor_invalid");
    }

    [Fact]
    public async Task Every_list_takes_a_limit_and_only_its_own_cursors()
    {
        var lists = platform.Contract.Document["paths"]!.AsObject().Where(path => HasItems(path.Value!["get"])).Select(path => path.Key).ToArray();

        Assert.Superset(new HashSet<string> { "/campaigns", "/industries", "/webhooks/event-types", "/webhooks/dead-letters/clusters", "/manage/audit", "/validation/schedules/{id}/runs" }, lists.ToHashSet());
        foreach (var list in lists)
        {
            Assert.Superset(new HashSet<string?> { "limit", "cursor" }, platform.Contract.Document["paths"]![list]!["get"]!["parameters"]!.AsArray().Select(parameter => parameter.Text("name")).ToHashSet());
            if (list.Contains('{', StringComparison.Ordinal))
                continue;
            var path = list.TrimStart('/');
            Assert.True((await platform.Operator.GetAsync($"{path}?limit=1")).MustBe(200).Json.List("items").Count <= 1);
            foreach (var wrong in new[] { "0", "201", "-1", "many" })
                (await platform.Operator.GetAsync($"{path}?limit={wrong}")).MustRefuse(400, "validation_failed");
            foreach (var wrong in new[] { "a", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "%00" })
                (await platform.Operator.GetAsync($"{path}?cursor={wrong}")).MustRefuse(400, "cursor_invalid");
        }

        // Limits and usage are reports: all of them, or nothing is said.
        bool HasItems(JsonNode? operation) =>
            operation?["responses"]?["200"]?["content"]?["application/json"]?["schema"]?.Text("$ref")?.Split('/')[^1] is { } name
            && name is not ("Limits" or "Usage") && platform.Contract.Document["components"]!["schemas"]![name]!["properties"]!["items"] is not null;
    }

    // The id is what each of them begins with.
    private static IEnumerable<string> Ids(IEnumerable<JsonNode> items) => items.Select(item => (string)item.AsObject().First().Value!);
}
