using System.Globalization;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;

namespace ProspectOps.EndToEnd.Tests.Http;

/// <summary>What is refused, and that a refusal says what to do about it.</summary>
public sealed class RefusalsTests(Platform platform)
{
    private readonly ApiClient _api = platform.Operator;

    [Theory]
    [InlineData("GET", "campaigns")]
    [InlineData("POST", "uploads")]
    [InlineData("GET", "metrics")]
    [InlineData("GET", "manage/keys")]
    public async Task Without_a_key_nothing_is_answered(string method, string path)
    {
        var reply = await platform.With(null).SendAsync(new HttpMethod(method), path, null);

        reply.MustRefuse(401, "api_key_missing");
        Assert.Equal("Bearer", reply.Header("WWW-Authenticate"));
    }

    [Theory]
    [InlineData("po_nonsense")]
    [InlineData("po_aaaaaaaaaaaaaaaaaaaaaaaaaa_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("' or 1=1")]
    public async Task Key_that_nobody_has_is_refused(string key) => (await platform.With(key).GetAsync("campaigns")).MustRefuse(401, "api_key_invalid");

    [Fact]
    public async Task Key_with_its_last_character_changed_is_refused()
    {
        var key = (await _api.NewKeyAsync(["campaigns:read"])).Text("key")!;

        (await platform.With(key).GetAsync("campaigns")).MustBe(200);
        (await platform.With(key[..^1] + (key[^1] == 'a' ? 'b' : 'a')).GetAsync("campaigns")).MustRefuse(401, "api_key_invalid");
    }

    [Fact]
    public async Task Key_may_come_as_a_bearer_token()
    {
        var key = (await _api.NewKeyAsync(["campaigns:read"])).Text("key")!;

        (await platform.With(null).SendAsync(HttpMethod.Get, "campaigns", null, ("Authorization", $"Bearer {key}"))).MustBe(200);
    }

    [Fact]
    public async Task Key_does_what_its_scopes_say_and_no_more()
    {
        var reader = platform.With((await _api.NewKeyAsync(["prospects:read"])).Text("key"));

        (await reader.GetAsync("industries")).MustBe(200);
        (await reader.PostAsync("prospects/analyze", new { industry = "casino", prospect = new { email = "a@b.example" } })).MustBe(200);
        (await reader.PostTextAsync("uploads", "email\na@b.example\n", "text/csv")).MustRefuse(403, "scope_missing");
        (await reader.GetAsync("campaigns")).MustRefuse(403, "scope_missing");
        (await reader.GetAsync("manage/keys")).MustRefuse(403, "scope_missing");
        (await reader.PostAsync("content/generate-sequence", new { })).MustRefuse(403, "scope_missing");
    }

    [Theory]
    [InlineData("GET", "nothing/here", 404, "route_not_found", null)]
    [InlineData("GET", "campaigns/a/b/c/d", 404, "route_not_found", null)]
    [InlineData("DELETE", "workflows", 405, "method_not_allowed", "GET")]
    [InlineData("PUT", "campaigns/create", 405, "method_not_allowed", "POST")]
    [InlineData("PUT", "campaigns/cmp_none", 405, "method_not_allowed", "GET")]
    [InlineData("POST", "webhooks/endpoints/whe_none", 405, "method_not_allowed", "DELETE, GET, PATCH")]
    [InlineData("GET", "uploads", 405, "method_not_allowed", "POST")]
    [InlineData("POST", "health", 405, "method_not_allowed", "GET")]
    [InlineData("TRACE", "campaigns", 405, "method_not_allowed", "GET")]
    [InlineData("PROPFIND", "workflows", 405, "method_not_allowed", "GET")]
    [InlineData("QUERY", "nothing/here", 404, "route_not_found", null)]
    public async Task Path_or_method_that_is_none_is_told_apart(string method, string path, int status, string code, string? allow)
    {
        var reply = await _api.SendAsync(new HttpMethod(method), path, null);

        reply.MustRefuse(status, code);
        Assert.Equal(allow, reply.Header("Allow"));
    }

    [Theory]
    [InlineData("workflows?limit=0", "limit")]
    [InlineData("workflows?limit=201", "limit")]
    [InlineData("campaigns?limit=ten", "limit")]
    [InlineData("workflows?status=Sleeping", "status")]
    public async Task Query_that_cannot_be_used_is_named(string path, string field) => Assert.NotEmpty((await _api.GetAsync(path)).MustRefuse(400, "validation_failed").Error(field));

    [Theory]
    [InlineData("workflows?cursor=abc")]
    [InlineData("campaigns?cursor=%00")]
    [InlineData("campaigns?cursor=QUFBQUFBQUFBQUFBQUFBQWNtcF9hYWFh")]
    public async Task Cursor_that_is_not_ours_is_refused(string path) => (await _api.GetAsync(path)).MustRefuse(400, "cursor_invalid");

    [Theory]
    [InlineData("workflows/wf_unknown", "workflow_not_found")]
    [InlineData("workflows/wf_aaaaaaaaaaaaaaaaaaaaaaaaaa", "workflow_not_found")]
    [InlineData("workflows/x'%20or%20'1", "workflow_not_found")]
    [InlineData("campaigns/cmp_aaaaaaaaaaaaaaaaaaaaaaaaaa", "campaign_not_found")]
    [InlineData("campaigns/x'%20or%20'1", "campaign_not_found")]
    [InlineData("campaigns/a%23b%3Fc", "campaign_not_found")]
    [InlineData("campaigns/%C3%A9%01", "campaign_not_found")]
    public async Task Id_that_is_none_is_not_found(string path, string code) => (await _api.GetAsync(path)).MustRefuse(404, code);

    [Fact]
    public async Task Id_as_long_as_a_page_is_not_found() => (await _api.GetAsync($"campaigns/{new string('a', 3000)}")).MustRefuse(404, "campaign_not_found");

    [Fact]
    public async Task Requests_of_a_key_are_counted_and_the_sixth_of_five_has_to_wait()
    {
        var holder = platform.With((await _api.NewKeyAsync(["campaigns:read"], rateLimitPerMinute: 5)).Text("key"));

        for (var i = 0; i < 5; i++)
        {
            var reply = (await holder.GetAsync("campaigns")).MustBe(200);
            Assert.Equal(("5", (4 - i).ToString(CultureInfo.InvariantCulture)), (reply.Header("RateLimit-Limit"), reply.Header("RateLimit-Remaining")));
            Assert.InRange(int.Parse(reply.Header("RateLimit-Reset")!, CultureInfo.InvariantCulture), 1, 60);
        }
        var refused = (await holder.GetAsync("campaigns")).MustRefuse(429, "rate_limited");
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal(("5", "0"), (refused.Header("RateLimit-Limit"), refused.Header("RateLimit-Remaining")));
    }

    [Theory]
    [InlineData("GET", "campaigns/cmp_none", 404)]
    [InlineData("GET", "campaigns?limit=0", 400)]
    [InlineData("GET", "validation/rules", 403)]
    [InlineData("POST", "campaigns/create", 400)]
    [InlineData("POST", "uploads", 403)]
    public async Task Refusal_says_what_is_left_of_the_limit_too(string method, string path, int status)
    {
        var holder = platform.With((await _api.NewKeyAsync(["campaigns:write"], rateLimitPerMinute: 7)).Text("key"));

        var reply = (await holder.SendAsync(new HttpMethod(method), path, null)).MustBe(status);

        Assert.Equal(("7", "6"), (reply.Header("RateLimit-Limit"), reply.Header("RateLimit-Remaining")));
        Assert.NotNull(reply.Header("RateLimit-Reset"));
    }

    [Fact]
    public async Task Request_is_named_by_the_trace_that_it_belongs_to()
    {
        const string trace = "0af7651916cd43dd8448eb211c80319c";

        var told = await _api.SendAsync(HttpMethod.Get, "campaigns/none", null, ("traceparent", $"00-{trace}-b7ad6b7169203331-01"));
        var untold = await _api.GetAsync("campaigns");
        var nonsense = await _api.SendAsync(HttpMethod.Get, "campaigns", null, ("traceparent", "nonsense"));

        Assert.Equal((trace, trace), (told.Header("X-Request-Id"), told.Json.Text("requestId")));
        Assert.Matches("^[0-9a-f]{32}$", untold.Header("X-Request-Id"));
        Assert.Matches("^[0-9a-f]{32}$", nonsense.MustBe(200).Header("X-Request-Id"));
    }
}
