using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;
using ProspectOps.Testing;

namespace ProspectOps.EndToEnd.Tests.Clay;

/// <summary>A tenant with a campaign that is set up for Clay.</summary>
internal sealed record ClaySide(ApiClient Api, Platform Platform, JsonNode Blueprint)
{
    public string CampaignId => Blueprint.Text("campaignId")!;

    public JsonNode Inbound => Blueprint["inbound"]!;

    /// <summary>A tenant of its own, with an empty campaign, or one that a pipeline has filled.</summary>
    public static async Task<ClaySide> NewAsync(Platform platform, int people = 0, string tag = "clay", object? deliverTo = null)
    {
        var api = await platform.NewTenantAsync();
        string? campaignId = null;
        if (people > 0)
        {
            var started = await api.StartAsync(new { name = "Filled", industry = "casino", prospects = Some.Prospects(people, tag), options = new { generateFor = Array.Empty<string>(), deliverTo } });
            await api.EndAsync(started.Text("workflowId")!);
            campaignId = started.Text("campaignId");
        }
        return new ClaySide(api, platform, (await api.PostAsync("clay/setup-tables", new { industry = "casino", campaignId })).MustBe(200).Json!);
    }

    public async Task<ClayWebhook> ConnectAsync(ClayWorkspace? workspace = null)
    {
        var webhook = Platform.Clay.NewWebhook(workspace ?? new ClayWorkspace());
        (await Api.PutAsync("clay/connection", new { webhookUrl = webhook.Url, authToken = webhook.Token, campaignId = CampaignId })).MustBe(200);
        return webhook;
    }

    public Task<Reply> ReturnAsync(object rows) => ReturnTextAsync(System.Text.Json.JsonSerializer.Serialize(rows), (Inbound.Text("header")!, Inbound.Text("token")!));

    public Task<Reply> ReturnTextAsync(string body, params (string Name, string Value)[] headers) =>
        Platform.With(null).SendAsync(HttpMethod.Post, "clay/webhook", new StringContent(body, Encoding.UTF8, "application/json"), headers);

    /// <summary>The headers of a signed request.</summary>
    public (string, string)[] Sign(string body, DateTimeOffset? at = null, string? secret = null)
    {
        var parts = Inbound.Text("token")!.Split('_');
        return Sign(parts[1], secret ?? parts[2], body, at);
    }

    public static (string, string)[] Sign(string keyId, string secret, string body, DateTimeOffset? at = null)
    {
        var timestamp = (at ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}"));
        return [("X-Key-Id", keyId), ("X-Timestamp", timestamp), ("X-Signature", $"sha256={Convert.ToHexStringLower(hash)}")];
    }

    public async Task<IReadOnlyList<JsonNode>> PeopleAsync() => await Api.AllAsync($"campaigns/{CampaignId}/prospects/all", 200);

    /// <summary>Waits until the campaign's people are as they should be.</summary>
    public async Task<IReadOnlyList<JsonNode>> UntilAsync(Func<IReadOnlyList<JsonNode>, bool> condition)
    {
        var started = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var people = await PeopleAsync();
            if (condition(people))
                return people;
            Assert.True(started.Elapsed < Patience.Usual, $"After {Patience.Usual.TotalSeconds} s the people are {new JsonArray([.. people.Select(one => one.DeepClone())]).ToJsonString()}{Environment.NewLine}{Platform.Log.Tail()}");
            await Task.Delay(100);
        }
    }

    public async Task<JsonNode> ConnectionAsync() => (await Api.GetAsync("clay/connection")).MustBe(200).Json!;
}
