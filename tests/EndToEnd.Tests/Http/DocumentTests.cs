using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;
using ProspectOps.Testing;

namespace ProspectOps.EndToEnd.Tests.Http;

/// <summary>What the app shows of itself: its document, its page, and what each error means.</summary>
public sealed partial class DocumentTests(Platform platform)
{
    private readonly ApiClient _anybody = platform.With(null);

    public static TheoryData<string> Codes =>
        [.. File.ReadLines(Path.Combine(RepositoryRoot.Path, "docs", "errors.md")).Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..])];

    [Fact]
    public async Task Document_is_open_to_everybody_and_of_version_3_1()
    {
        var reply = (await _anybody.GetAsync("openapi.json")).MustBe(200);

        Assert.Equal("application/json", reply.ContentType);
        Assert.StartsWith("3.1.", reply.Json.Text("openapi"), StringComparison.Ordinal);
        Assert.Equal((await _anybody.GetAsync("health")).Json.Text("version"), reply.Json.At("info").Text("version"));
    }

    [Fact]
    public async Task Page_loads_nothing_from_elsewhere()
    {
        var page = (await _anybody.GetAsync("docs")).MustBe(200);

        Assert.Equal("text/html", page.ContentType);
        Assert.DoesNotMatch("https?://", page.Text);
        Assert.Contains("default-src 'none'", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        foreach (Match script in Sources().Matches(page.Text))
            Assert.Equal("text/javascript", (await _anybody.GetAsync(script.Groups[1].Value)).MustBe(200).ContentType);
        Assert.Single(Sources().Matches(page.Text));
    }

    [Theory]
    [InlineData("docs/other.js")]
    [InlineData("docs/..%2fhost.json")]
    [InlineData("docs/%2e%2e%2fscalar.js")]
    public async Task Page_gives_no_other_file(string path) => (await _anybody.GetAsync(path)).MustRefuse(404, "route_not_found");

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Error_has_a_page_of_its_own(string code)
    {
        var page = (await _anybody.GetAsync($"errors/{code}")).MustBe(200);

        Assert.Equal("text/html", page.ContentType);
        Assert.Contains($"<code>{code}</code>", page.Text, StringComparison.Ordinal);
        Assert.Matches("HTTP status [45]\\d\\d", page.Text);
    }

    [Theory]
    [InlineData("no_such_code")]
    [InlineData("%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    public async Task Code_that_is_none_is_refused_and_not_repeated_as_markup(string code)
    {
        var reply = (await _anybody.GetAsync($"errors/{code}")).MustRefuse(404, "error_not_found");

        Assert.DoesNotContain("<script>alert", reply.Json.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_example_of_a_body_is_one_that_is_taken()
    {
        // Of a tenant of its own: among the examples is an endpoint that would listen to every other test's campaigns.
        var api = await platform.NewTenantAsync();
        var refused = new List<string>();
        foreach (var (path, operations) in platform.Contract.Document["paths"]!.AsObject().Where(path => !path.Key.Contains('{')))
        {
            foreach (var (method, operation) in operations!.AsObject().Where(one => one.Value!["requestBody"]?["content"]?["application/json"] is not null))
            {
                var example = operation!["requestBody"]!["content"]!["application/json"]!["example"]!;
                var reply = await (path == "/manage/tenants" ? platform.Operator : api).SendAsync(new HttpMethod(method.ToUpperInvariant()), path[1..], JsonContentOf(example));
                // An id in an example is nobody's; what is open may ask for a signature, which an example has not.
                var isOpen = operation["security"]!.AsArray().Count == 0;
                if (reply.Code is not (>= 200 and < 300 or 404) && !(isOpen && reply.Code == 401))
                    refused.Add($"{method} {path}: {reply.Text}");
            }
        }
        Assert.Empty(refused);
    }

    [Theory]
    [InlineData("health/live")]
    [InlineData("openapi.json")]
    [InlineData("docs")]
    [InlineData("errors/validation_failed")]
    [InlineData("campaigns")]
    [InlineData("nowhere")]
    public async Task Every_answer_tells_browsers_to_be_careful(string path)
    {
        var reply = await _anybody.GetAsync(path);

        Assert.Equal(("nosniff", "DENY", "no-referrer"), (reply.Header("X-Content-Type-Options"), reply.Header("X-Frame-Options"), reply.Header("Referrer-Policy")));
        Assert.Contains("frame-ancestors 'none'", reply.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("no-store", reply.Header("Cache-Control"));
        Assert.Null(reply.Header("Server"));
    }

    [Fact]
    public async Task Page_of_an_allowed_origin_may_call_and_another_may_not()
    {
        var allowed = await _anybody.SendAsync(HttpMethod.Get, "health/live", null, ("Origin", "https://app.example"));
        var other = await _anybody.SendAsync(HttpMethod.Get, "health/live", null, ("Origin", "https://evil.example"));

        Assert.Equal("https://app.example", allowed.Header("Access-Control-Allow-Origin"));
        Assert.Contains("X-Request-Id", allowed.Header("Access-Control-Expose-Headers"), StringComparison.Ordinal);
        Assert.Null(other.Header("Access-Control-Allow-Origin"));
        Assert.Equal("Origin", other.Header("Vary"));
    }

    [Fact]
    public async Task Browser_that_asks_for_leave_is_told_what_it_may_send()
    {
        var reply = await _anybody.SendAsync(HttpMethod.Options, "campaigns/create", null, ("Origin", "https://app.example"), ("Access-Control-Request-Method", "POST"));

        reply.MustBe(204);
        Assert.Contains("POST", reply.Header("Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.Contains("X-API-Key", reply.Header("Access-Control-Allow-Headers"), StringComparison.Ordinal);
        (await _anybody.SendAsync(HttpMethod.Options, "campaigns/create", null, ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST"))).MustRefuse(405, "method_not_allowed");
    }

    private static StringContent JsonContentOf(JsonNode body) => new(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");

    [GeneratedRegex("""src="/api/([^"]+)""")]
    private static partial Regex Sources();
}
