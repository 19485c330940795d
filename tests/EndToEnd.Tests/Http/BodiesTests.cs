using System.Text;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;

namespace ProspectOps.EndToEnd.Tests.Http;

/// <summary>Bodies that cannot be used, and how exactly that is said.</summary>
public sealed class BodiesTests(Platform platform)
{
    private readonly ApiClient _api = platform.Operator;

    [Theory]
    [InlineData("{\"name\": \"a\"")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{\"name\":\"a\",}")]
    public async Task What_is_no_json_object_is_refused(string body) => (await _api.PostTextAsync("campaigns/create", body, "application/json")).MustRefuse(400, "json_invalid");

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        (await _api.PostBytesAsync("campaigns/create", [.. "{\"name\":\""u8, 0xff, 0xfe, .. "\",\"industry\":\"casino\"}"u8], "application/json")).MustRefuse(400, "json_invalid");
    }

    [Theory]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"name\":\"\\ud800\",\"industry\":\"casino\"}")]
    public async Task Half_characters_are_refused(string body) => (await _api.PostTextAsync("campaigns/create", body, "application/json")).MustRefuse(400, "validation_failed");

    [Fact]
    public async Task Half_characters_of_one_person_fail_that_person_alone()
    {
        var reply = await _api.PostTextAsync("prospects/analyze-batch", """{"industry":"casino","prospects":[{"\ud800":1},{"email":"\ud800"},{"email":"a@b.example"}]}""", "application/json");

        Assert.Equal([false, false, true], reply.MustBe(200).Json.List("results").Select(result => (bool)result["ok"]!));
    }

    [Fact]
    public async Task Mark_before_the_text_that_some_tools_write_is_passed_over() =>
        (await _api.PostBytesAsync("prospects/analyze", [0xef, 0xbb, 0xbf, .. "{\"industry\":\"casino\",\"prospect\":{\"email\":\"a@b.example\"}}"u8], "application/json")).MustBe(200);

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    public async Task Body_that_may_be_left_out_may_have_a_type_all_the_same(string? type)
    {
        var api = await platform.NewTenantAsync("admin:write", "webhooks:write", "validation:read");
        var key = (await api.PostAsync("manage/keys", new { name = "Old", scopes = new[] { "webhooks:read" } })).MustBe(201).Json.Text("keyId");
        var endpoint = (await api.PostAsync("webhooks/endpoints", new { url = platform.ScriptedSink("ok"), events = new[] { "*" } })).MustBe(201).Json.Text("endpointId");

        foreach (var (path, status) in new[] { ($"manage/keys/{key}/rotate", 200), ($"webhooks/endpoints/{endpoint}/rotate-secret", 200), ("webhooks/dead-letters/retry-all", 202), ("validation/rules/test", 200) })
        {
            using var nothing = new ByteArrayContent([]) { Headers = { ContentType = type is null ? null : new(type) } };
            (await api.SendAsync(HttpMethod.Post, path, nothing)).MustBe(status);
            using var text = new StringContent("{}");
            (await api.SendAsync(HttpMethod.Post, path, text)).MustRefuse(415, "unsupported_media_type");
        }
    }

    [Fact]
    public async Task Id_in_a_body_that_is_none_is_not_found()
    {
        (await _api.PostAsync("workflows/complete-pipeline", new { name = "a", industry = "casino", uploadId = "upl_none" })).MustRefuse(404, "upload_not_found");
        (await _api.PostAsync("workflows/estimate", new { name = "a", industry = "casino", uploadId = "upl_none" })).MustRefuse(404, "upload_not_found");
        (await _api.PostAsync("webhooks/endpoints", new { url = platform.ScriptedSink("ok"), events = new[] { "*" }, campaignId = "cmp_none" })).MustRefuse(404, "campaign_not_found");
    }

    [Theory]
    [InlineData("campaigns/create", "application/json")]
    [InlineData("uploads", "text/csv")]
    public async Task Packed_body_is_refused(string path, string type)
    {
        using var packed = new ByteArrayContent([0x1f, 0x8b, 8, 0]) { Headers = { ContentType = new(type), ContentEncoding = { "gzip" } } };

        (await _api.SendAsync(HttpMethod.Post, path, packed)).MustRefuse(415, "unsupported_media_type");
    }

    [Fact]
    public async Task Fields_that_an_object_cannot_do_without_are_all_named()
    {
        var reply = await _api.PostAsync("content/generate-sequence", new { industry = "casino", prospect = Some.Prospects(1)[0], analysis = new { score = 80, reasons = new[] { new { factor = "role" } } } });

        reply.MustRefuse(400, "validation_failed");
        Assert.All(new[] { "analysis.tier", "analysis.usage", "analysis.painPoints", "analysis.reasons[0].points", "analysis.reasons[0].evidence" }, field => Assert.Equal("must be given", reply.Error(field)));
    }

    [Fact]
    public async Task Json_that_never_ends_going_deeper_is_refused() =>
        (await _api.PostTextAsync("campaigns/create", string.Concat(Enumerable.Repeat("{\"a\":", 2000)), "application/json")).MustRefuse(400, "json_invalid");

    [Theory]
    [InlineData("{\"name\":\"a\",\"name\":\"b\",\"industry\":\"casino\"}")]
    [InlineData("{\"name\":\"a\",\"Name\":\"b\",\"industry\":\"casino\"}")]
    public async Task Field_given_twice_is_refused(string body) => Assert.Contains("twice", (await _api.PostTextAsync("campaigns/create", body, "application/json")).MustRefuse(400, "validation_failed").Error(body.Contains("Name", StringComparison.Ordinal) ? "Name" : "name"), StringComparison.Ordinal);

    [Fact]
    public async Task Unknown_fields_are_all_named()
    {
        var reply = await _api.PostAsync("workflows/complete-pipeline", new { name = "a", industry = "casino", prospects = Some.Prospects(1), nmae = 1, options = new { stepz = 3, deliverTo = new { uri = "" } } });

        reply.MustRefuse(400, "validation_failed");
        Assert.All(new[] { "nmae", "options.stepz", "options.deliverTo.uri" }, field => Assert.Contains("not a known field", reply.Error(field), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Values_of_the_wrong_kind_are_named_by_their_path()
    {
        var reply = await _api.PostAsync("workflows/complete-pipeline", new
        {
            name = 5,
            industry = "casino",
            prospects = new object[] { new { email = "a@b.example" }, new { email = true }, "text", new { employees = "many", custom = new { a = 1 } } },
            options = new { steps = "four", generateFor = new[] { "A", "E" }, validateEmails = "yes", budgetUsd = "much", deliverTo = "https://a.example" },
        });

        reply.MustRefuse(400, "validation_failed");
        string[] fields = ["name", "prospects[1].email", "prospects[2]", "prospects[3].employees", "prospects[3].custom.a", "options.steps", "options.generateFor[1]", "options.validateEmails", "options.budgetUsd", "options.deliverTo"];
        Assert.All(fields, field => Assert.StartsWith("must be", reply.Error(field), StringComparison.Ordinal));
        Assert.Equal(fields.Length, reply.Json.At("errors")!.AsObject().Count);
    }

    [Fact]
    public async Task Values_out_of_their_range_are_all_named()
    {
        var reply = await _api.PostAsync("workflows/complete-pipeline", new { options = new { steps = 11, budgetUsd = -1 } });

        reply.MustRefuse(400, "validation_failed");
        Assert.All(new[] { "name", "industry", "prospects", "options.steps", "options.budgetUsd" }, field => Assert.NotEmpty(reply.Error(field)));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/", "url_not_allowed")]
    [InlineData("http://169.254.169.254/latest", "url_not_allowed")]
    [InlineData("http://[::1]/", "url_not_allowed")]
    [InlineData("http://localhost/", "url_not_allowed")]
    [InlineData("ftp://a.example/", "url_invalid")]
    [InlineData("not a url", "url_invalid")]
    [InlineData("https://user:pass@a.example/", "url_invalid")]
    public async Task Events_go_to_no_address_of_our_own_network(string url, string code) =>
        (await _api.PostAsync("workflows/complete-pipeline", new { name = "a", industry = "casino", prospects = Some.Prospects(1), options = new { deliverTo = new { url } } })).MustRefuse(400, code);

    [Fact]
    public async Task Secret_that_is_none_is_refused() => (await _api.PostAsync(
        "workflows/complete-pipeline", new { name = "a", industry = "casino", prospects = Some.Prospects(1), options = new { deliverTo = new { url = "https://a.example/", secret = "whsec_short" } } })).MustRefuse(400, "secret_invalid");

    [Theory]
    [InlineData("workflows/complete-pipeline")]
    [InlineData("workflows/estimate")]
    [InlineData("agents/build")]
    [InlineData("campaigns/create")]
    [InlineData("prospects/analyze")]
    [InlineData("prospects/analyze-batch")]
    [InlineData("content/generate-sequence")]
    [InlineData("content/generate-batch")]
    public async Task Industry_that_nobody_knows_is_refused(string path)
    {
        object body = path switch
        {
            "agents/build" => new { industry = "alchemy" },
            "campaigns/create" => new { name = "a", industry = "alchemy" },
            "prospects/analyze" or "content/generate-sequence" => new { industry = "alchemy", prospect = Some.Prospects(1)[0] },
            "prospects/analyze-batch" or "content/generate-batch" => new { industry = "alchemy", prospects = Some.Prospects(1) },
            _ => new { name = "a", industry = "alchemy", prospects = Some.Prospects(1) },
        };

        Assert.Contains("casino", (await _api.PostAsync(path, body)).MustRefuse(400, "industry_unknown").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("campaigns/create", "text/plain")]
    [InlineData("workflows/complete-pipeline", "application/x-www-form-urlencoded")]
    [InlineData("uploads", "application/json")]
    [InlineData("uploads", "application/vnd.ms-excel")]
    public async Task Content_of_another_type_is_refused(string path, string type) => (await _api.PostTextAsync(path, "{}", type)).MustRefuse(415, "unsupported_media_type");

    [Theory]
    [InlineData("campaigns/create")]
    [InlineData("validation/jobs")]
    public async Task Body_that_was_forgotten_is_what_is_missing_and_not_its_type(string path)
    {
        (await _api.SendAsync(HttpMethod.Post, path, null)).MustRefuse(400, "json_invalid");
        using var untyped = new ByteArrayContent("{}"u8.ToArray());
        (await _api.SendAsync(HttpMethod.Post, path, untyped)).MustRefuse(415, "unsupported_media_type");
    }

    [Fact]
    public async Task Content_without_a_type_is_refused() => (await _api.SendAsync(HttpMethod.Post, "uploads", null)).MustRefuse(415, "unsupported_media_type");

    [Theory]
    [InlineData("webhooks/dead-letters/retry-all")]
    [InlineData("webhooks/endpoints/ep_none/rotate-secret")]
    [InlineData("manage/keys/key_none/rotate")]
    public async Task Body_that_may_be_left_out_is_not_overlooked_where_it_comes_in_chunks_and_without_a_type(string path)
    {
        using var stream = new MemoryStream("{}"u8.ToArray());
        using var chunks = new StreamContent(new Unseekable(stream));

        (await _api.SendAsync(HttpMethod.Post, path, chunks)).MustRefuse(415, "unsupported_media_type");
    }

    [Theory]
    [InlineData("prospects/analyze-batch", 1)]
    [InlineData("campaigns/create", 1)]
    [InlineData("workflows/complete-pipeline", 8)]
    public async Task Body_over_its_limit_is_refused(string path, int mebibytes)
    {
        var body = Encoding.UTF8.GetBytes($"{{\"name\":\"{new string('a', mebibytes * 1024 * 1024)}\"}}");

        (await _api.PostBytesAsync(path, body, "application/json")).MustRefuse(413, "body_too_large");
        using var stream = new MemoryStream(body);
        using var unannounced = new StreamContent(new Unseekable(stream));
        unannounced.Headers.ContentType = new("application/json");
        (await _api.SendAsync(HttpMethod.Post, path, unannounced)).MustRefuse(413, "body_too_large");
    }

    /// <summary>Of unknown length, so that it is sent in chunks.</summary>
    private sealed class Unseekable(Stream inner) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);
        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
