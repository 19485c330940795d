using System.Net.Http.Json;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;

namespace ProspectOps.EndToEnd.Tests.Capabilities;

public sealed class ValidationTests(Platform platform)
{
    private readonly ApiClient _api = platform.Operator;

    [Fact]
    public async Task Second_check_of_a_mailbox_is_remembered_until_it_is_forgotten()
    {
        var name = Guid.NewGuid().ToString("N");

        var first = (await _api.PostAsync("validation/check", new { email = $"{name}@acme.example" })).MustBe(200).Json!;
        var second = (await _api.PostAsync("validation/check", new { email = $"{name.ToUpperInvariant()}+x@acme.example" })).MustBe(200).Json!;
        var refreshed = (await _api.PostAsync("validation/check", new { email = $"{name}@acme.example", useCache = false })).MustBe(200).Json!;
        (await _api.SendAsync(HttpMethod.Delete, $"validation/cache/{name}@acme.example", null)).MustBe(204);
        (await _api.SendAsync(HttpMethod.Delete, $"validation/cache/{name}%40acme.example", null)).MustBe(204);
        var third = (await _api.PostAsync("validation/check", new { email = $"{name}@acme.example" })).MustBe(200).Json!;

        Assert.Equal([false, true, false, false], new[] { first, second, refreshed, third }.Select(result => (bool)result["cached"]!));
        Assert.Equal(first.Text("checkedAt"), second.Text("checkedAt"));
        (await _api.SendAsync(HttpMethod.Delete, "validation/cache/nonsense", null)).MustRefuse(400, "validation_failed");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("no address")]
    [InlineData("\0\u202e")]
    [InlineData("a", 5_000)]
    [InlineData("a@b.example,", 20_000)]
    public async Task Text_that_is_no_address_is_judged_and_all_fields_are_there(string text, int times = 1)
    {
        var email = string.Concat(Enumerable.Repeat(text, times));

        var result = (await _api.PostAsync("validation/check", new { email })).MustBe(200).Json!;

        Assert.Equal((email, "undeliverable", false), (result.Text("email"), result.Text("verdict"), (bool)result.At("checks.syntax.valid")!));
        Assert.True(result.AsObject().ContainsKey("normalized"));
    }

    [Fact]
    public async Task Rules_are_tried_over_given_addresses_and_bad_expressions_refused()
    {
        var rules = new[] { new { id = "staff", action = "deny", kind = "regex", pattern = @"^temp\d+@" }, new { id = "acme", action = "allow", kind = "domain", pattern = "acme.example" } };

        var tried = (await _api.PostAsync("validation/rules/test", new { rules, emails = new[] { "temp1@acme.example", "jane@acme.example", "jane@other.example" } })).MustBe(200).Json!;

        Assert.Equal(["staff", "acme", null], tried.List("results").Select(one => one.Text("rule")));
        Assert.Equal((3, 2, 1), ((int)tried.Number("total"), (int)tried.Number("matched"), (int)tried.Number("byRule.staff")));
        var bad = new[] { new { id = "bad", action = "deny", kind = "regex", pattern = "(" } };
        Assert.NotEmpty((await _api.PostAsync("validation/rules/test", new { rules = bad, emails = new[] { "a@b.co" } })).MustRefuse(400, "validation_failed").Error("rules[0].pattern"));
        Assert.NotEmpty((await _api.SendAsync(HttpMethod.Put, "validation/rules", JsonContent.Create(new { rules = bad }))).MustRefuse(400, "validation_failed").Error("rules[0].pattern"));
        (await _api.PostAsync("validation/rules/test", new { })).MustBe(200);
    }

    [Fact]
    public async Task Outcomes_stand_beside_what_was_predicted()
    {
        // Its own, where nobody else checks anything meanwhile.
        var api = await platform.NewTenantAsync();
        var email = $"{Guid.NewGuid():N}@acme.example";
        var before = (await api.GetAsync("validation/stats")).MustBe(200).Json!;
        await api.PostAsync("validation/check", new { email });

        var reported = (await api.PostAsync("validation/outcomes", new { email, outcome = "bounced" })).MustBe(200).Json!;
        var after = (await api.GetAsync("validation/stats")).MustBe(200).Json!;

        Assert.Equal("unknown", reported.Text("predicted.verdict"));
        Assert.Equal(before.Number("outcomes.reported") + 1, after.Number("outcomes.reported"));
        Assert.Equal(before.Number("checks") + 1, after.Number("checks"));
        Assert.NotEmpty(after.List("reliability"));
        Assert.All(new[] { "deliverable", "risky", "undeliverable", "unknown" }, verdict => Assert.True(after.Number($"byVerdict.{verdict}") >= 0));
        Assert.NotEmpty((await api.PostAsync("validation/outcomes", new { email, outcome = "lost" })).MustRefuse(400, "validation_failed").Error("outcome"));
        Assert.NotEmpty((await api.PostAsync("validation/outcomes", new { email = "nonsense", outcome = "bounced" })).MustRefuse(400, "validation_failed").Error("email"));
    }

    [Fact]
    public async Task Scope_to_read_may_check_and_try_but_not_change()
    {
        var reader = platform.With((await _api.NewKeyAsync(["validation:read"])).Text("key"));

        (await reader.PostAsync("validation/check", new { email = "jane@acme.example" })).MustBe(200);
        (await reader.PostAsync("validation/rules/test", new { emails = new[] { "jane@acme.example" } })).MustBe(200);
        (await reader.GetAsync("validation/stats")).MustBe(200);
        Assert.Equal(403, (await reader.PostAsync("validation/outcomes", new { email = "jane@acme.example", outcome = "bounced" })).Code);
        Assert.Equal(403, (await reader.SendAsync(HttpMethod.Delete, "validation/cache/jane@acme.example", null)).Code);
    }
}
