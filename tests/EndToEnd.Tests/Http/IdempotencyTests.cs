using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;

namespace ProspectOps.EndToEnd.Tests.Http;

/// <summary>The same request twice creates once.</summary>
public sealed class IdempotencyTests(Platform platform)
{
    private readonly ApiClient _api = platform.Operator;
    private readonly (string, string) _key = ("Idempotency-Key", Guid.NewGuid().ToString());

    [Fact]
    public async Task Same_request_again_is_answered_as_the_first()
    {
        var body = new { name = "Once", industry = "casino", prospects = Some.Prospects(3, "once"), options = new { generateFor = Array.Empty<string>() } };

        var first = (await _api.PostAsync("workflows/complete-pipeline", body, _key)).MustBe(202);
        var again = (await _api.PostAsync("workflows/complete-pipeline", body, _key)).MustBe(202);

        Assert.Null(first.Header("Idempotency-Replayed"));
        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        Assert.Equal((first.Text, first.Header("Location")), (again.Text, again.Header("Location")));
        Assert.Equal("Completed", (await _api.EndAsync(first.Json.Text("workflowId")!)).Text("status"));
    }

    [Fact]
    public async Task Other_body_under_the_same_key_is_refused_and_what_differs_is_named()
    {
        (await _api.PostAsync("campaigns/create", new { name = "One", industry = "casino", description = "d" }, _key)).MustBe(201);

        var reply = (await _api.PostAsync("campaigns/create", new { name = "Two", industry = "casino" }, _key)).MustRefuse(409, "idempotency_key_reused");

        Assert.Equal(["description", "name"], reply.Json.At("errors")!.AsObject().Select(error => error.Key).Order());
    }

    [Fact]
    public async Task Same_key_for_something_else_is_another_key()
    {
        (await _api.PostAsync("campaigns/create", new { name = "One", industry = "casino" }, _key)).MustBe(201);

        (await _api.PostAsync("manage/tenants", new { name = "One" }, _key)).MustBe(201);
    }

    [Fact]
    public async Task Key_that_was_made_is_shown_again_to_who_made_it_alone()
    {
        var wanted = new { name = "All", scopes = new[] { "*" } };
        var made = (await _api.PostAsync("manage/keys", wanted, _key)).MustBe(201);
        var lesser = platform.With((await _api.NewKeyAsync(["admin:write"])).Text("key"));

        var again = (await _api.PostAsync("manage/keys", wanted, _key)).MustBe(201);
        var others = (await lesser.PostAsync("manage/keys", wanted, _key)).MustRefuse(403, "scope_not_grantable");

        Assert.Equal(made.Text, again.Text);
        Assert.DoesNotContain(made.Json.Text("key")!, others.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_of_suppressions_is_taken_once_and_another_under_its_key_refused()
    {
        var api = await platform.NewTenantAsync("validation:write");

        var first = (await SuppressAsync(api, "email\nann@once.example\n")).MustBe(201);
        var again = (await SuppressAsync(api, "email\nann@once.example\n")).MustBe(201);

        Assert.Equal(1, first.Json.Number("added"));
        Assert.Equal((first.Text, "true"), (again.Text, again.Header("Idempotency-Replayed")));
        Assert.NotEmpty((await SuppressAsync(api, "email\nbob@once.example\n")).MustRefuse(409, "idempotency_key_reused").Error("file"));
    }

    private async Task<Reply> SuppressAsync(ApiClient api, string csv)
    {
        using var file = new StringContent(csv) { Headers = { ContentType = new("text/csv") } };
        return await api.SendAsync(HttpMethod.Post, "suppressions", file, _key);
    }

    [Fact]
    public async Task Requests_at_once_under_one_key_create_once()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => _api.PostAsync("campaigns/create", new { name = "At once", industry = "casino" }, _key)));

        Assert.All(replies.Where(reply => reply.Code != 201), reply => reply.MustRefuse(409, "idempotency_in_progress"));
        Assert.Single(replies, reply => reply.Code == 201 && reply.Header("Idempotency-Replayed") is null);
        Assert.Single(replies.Where(reply => reply.Code == 201).Select(reply => reply.Text).Distinct());
        Assert.Equal("true", (await _api.PostAsync("campaigns/create", new { name = "At once", industry = "casino" }, _key)).MustBe(201).Header("Idempotency-Replayed"));
    }

    [Fact]
    public async Task Key_of_a_refused_request_may_be_used_again()
    {
        (await _api.PostAsync("workflows/complete-pipeline", new { name = "a", industry = "casino", uploadId = "upl_aaaaaaaaaaaaaaaaaaaaaaaaaa" }, _key)).MustRefuse(404, "upload_not_found");

        (await _api.PostAsync("workflows/complete-pipeline", new { name = "a", industry = "casino", prospects = Some.Prospects(1), options = new { generateFor = Array.Empty<string>() } }, _key)).MustBe(202);
    }

    [Theory]
    [InlineData("with space", 1)]
    [InlineData("k", 256)]
    public async Task Key_that_is_none_is_refused(string part, int times) => (await _api.PostAsync(
        "campaigns/create", new { name = "a", industry = "casino" }, ("Idempotency-Key", string.Concat(Enumerable.Repeat(part, times))))).MustRefuse(400, "idempotency_key_invalid");
}
