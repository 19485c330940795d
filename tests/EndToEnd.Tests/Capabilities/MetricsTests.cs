using System.Globalization;
using System.Text.RegularExpressions;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;

namespace ProspectOps.EndToEnd.Tests.Capabilities;

/// <summary>What Prometheus is told, and who is told what.</summary>
public sealed partial class MetricsTests(Platform platform)
{
    [Fact]
    public async Task Requests_are_counted_by_method_route_and_kind_of_answer_and_timed()
    {
        var api = platform.Operator;
        var before = await ReadAsync(api);
        (await api.GetAsync("campaigns/cmp_none")).MustBe(404);
        (await api.GetAsync("campaigns/cmp_other")).MustBe(404);
        (await platform.With(null).GetAsync("campaigns/cmp_none")).MustBe(401);
        (await platform.With(null).GetAsync("health/live")).MustBe(200);
        (await api.SendAsync(new HttpMethod("BREW"), "campaigns/cmp_none", null)).MustBe(405);

        // A request is counted when its answer has left, which another may overtake.
        var since = await Eventually.BecomesAsync(
            async () => Since(before, await ReadAsync(api)), figures => figures.GetValueOrDefault(Requests("other", "/api/{*path}", 4)) >= 1 && figures.GetValueOrDefault(Requests("GET", "/api/campaigns/{id}", 4)) >= 3, platform.Log);

        Assert.Equal(3, since[Requests("GET", "/api/campaigns/{id}", 4)]);
        Assert.Equal(1, since[Requests("GET", "/api/health/live", 2)]);
        Assert.Equal(3, since["""prospectops_http_request_duration_seconds_count{method="GET",route="/api/campaigns/{id}"}"""]);
        Assert.Equal(3, since["""prospectops_http_request_duration_seconds_bucket{method="GET",route="/api/campaigns/{id}",le="+Inf"}"""]);
        Assert.True(since["""prospectops_http_request_duration_seconds_sum{method="GET",route="/api/campaigns/{id}"}"""] > 0);
        Assert.DoesNotContain("cmp_none", (await api.GetAsync("metrics")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("BREW", (await api.GetAsync("metrics")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Buckets_hold_all_that_took_no_longer()
    {
        var figures = await ReadAsync(platform.Operator);

        foreach (var series in figures.Where(figure => figure.Key.StartsWith("prospectops_http_request_duration_seconds_bucket", StringComparison.Ordinal)).GroupBy(figure => figure.Key[..figure.Key.IndexOf(",le=", StringComparison.Ordinal)]))
            Assert.Equal(series.Select(bucket => bucket.Value).Order(), series.Select(bucket => bucket.Value));
    }

    [Fact]
    public async Task Tenant_is_told_of_itself_and_of_nobody_else()
    {
        var tenantId = (await platform.Operator.PostAsync("manage/tenants", new { name = "Measured", quotas = new Dictionary<string, int> { ["validation.daily"] = 100 } })).MustBe(201).Json.Text("tenantId");
        var admin = platform.With((await platform.Operator.NewKeyAsync(["admin:read", "validation:write"], tenantId)).Text("key"));
        (await admin.PostAsync("validation/check", new { email = "maria@casino-metrics.example" })).MustBe(200);
        (await (await platform.NewTenantAsync()).PostAsync("validation/check", new { email = "somebody@casino-metrics.example" })).MustBe(200);

        var figures = await Eventually.BecomesAsync(() => ReadAsync(admin), found => found.ContainsKey("""prospectops_tenant_requests_total{operation="CheckEmail"}"""), platform.Log);

        Assert.Equal(1, figures["""prospectops_tenant_requests_total{operation="CheckEmail"}"""]);
        Assert.Equal(1, figures["""prospectops_tenant_validations_total{operation="validation"}"""]);
        Assert.Equal((100, 1), (figures["""prospectops_tenant_limit{window="validation.daily",applies_to="tenant"}"""], figures["""prospectops_tenant_limit_used{window="validation.daily",applies_to="tenant"}"""]));
        Assert.All(figures.Keys, name => Assert.StartsWith("prospectops_tenant_", name, StringComparison.Ordinal));
        (await platform.With((await platform.Operator.NewKeyAsync(["campaigns:read"], tenantId)).Text("key")).GetAsync("metrics")).MustRefuse(403, "scope_missing");
    }

    private static string Requests(string method, string route, int hundreds) => string.Create(CultureInfo.InvariantCulture, $"prospectops_http_requests_total{{method=\"{method}\",route=\"{route}\",status=\"{hundreds}xx\"}}");

    private static Dictionary<string, double> Since(Dictionary<string, double> before, Dictionary<string, double> after) => after.ToDictionary(figure => figure.Key, figure => figure.Value - before.GetValueOrDefault(figure.Key));

    /// <summary>Every figure by its name and labels; each line has to be one that Prometheus takes.</summary>
    private static async Task<Dictionary<string, double>> ReadAsync(ApiClient api)
    {
        var text = (await api.GetAsync("metrics")).MustBe(200).Text;
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.Matches(Line(), line));
        return lines.Where(line => line[0] != '#').Select(line => line.LastIndexOf(' ') is var space ? (Name: line[..space], Value: line[(space + 1)..]) : default)
            .ToDictionary(figure => figure.Name, figure => double.Parse(figure.Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("""^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z_]+="[^"\\\n]*"(,[a-z_]+="[^"\\\n]*")*\})? [0-9.]+(E[-+]?\d+)?)$""")]
    private static partial Regex Line();
}
