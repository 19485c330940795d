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

    // The id is what each of them begins with.
    private static IEnumerable<string> Ids(IEnumerable<JsonNode> items) => items.Select(item => (string)item.AsObject().First().Value!);
}
