using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;

namespace ProspectOps.EndToEnd.Tests.Capabilities;

/// <summary>Lists of addresses, from the file to the results.</summary>
public sealed class ValidationJobsTests(Platform platform)
{
    private readonly ApiClient _api = platform.Operator;

    [Fact]
    public async Task File_comes_back_in_its_order_with_its_columns_first_and_a_duplicate_carries_the_first_ones_verdict()
    {
        const string Csv = "Name;E-Mail;Note\nAnn;ann@one.example;=1+1\nBob;not an address;\"a;b\"\nAnn again;ANN+x@One.example;\nNobody;;\n";

        var job = await RunAsync((await _api.PostTextAsync("validation/jobs", Csv, "text/csv")).MustBe(202));

        Assert.Equal(("Completed", 4L, 4L, 1L), (job.Text("status"), job.Number("total"), job.Number("done"), job.Number("duplicates")));
        Assert.Equal(new Dictionary<string, long> { ["deliverable"] = 0, ["risky"] = 0, ["undeliverable"] = 2, ["unknown"] = 2 }, job.Numbers("byVerdict"));
        Assert.Equal((1L, 1L, 0L), (job.Number("chunks.total"), job.Number("chunks.done"), job.Number("chunks.dead")));
        var rows = CsvText.Read((await ResultsAsync(job)).Text);
        Assert.Equal(["Name", "E-Mail", "Note", "verdict", "score", "reasons"], rows[0].Keys.Take(6));
        Assert.Equal(["Ann", "Bob", "Ann again", "Nobody"], rows.Select(row => row["Name"]));
        Assert.Equal(["ann@one.example", "not an address", "ANN+x@One.example", ""], rows.Select(row => row["E-Mail"]));
        Assert.Equal(["=1+1", "a;b", "", ""], rows.Select(row => row["Note"]));
        Assert.Equal(["unknown", "undeliverable", "unknown", "undeliverable"], rows.Select(row => row["verdict"]));
        Assert.Equal(["", "", "1", ""], rows.Select(row => row["duplicate_of"]));
        var duplicates = CsvText.Read((await _api.GetAsync($"validation/jobs/{job.Text("jobId")}/duplicates")).MustBe(200).Text);
        Assert.Equal(("3", "ANN+x@One.example", "1", "ann@one.example"), (duplicates[0]["row"], duplicates[0]["email"], duplicates[0]["duplicate_of"], duplicates[0]["duplicate_of_email"]));
    }

    [Fact]
    public async Task Cells_of_the_input_come_back_as_they_were_and_ours_are_no_formulas()
    {
        var job = await RunAsync((await _api.PostTextAsync("validation/jobs", "email,=Phone\n=ann@one.example,+49 30 1234\n=ANN@one.example,-\n", "text/csv")).MustBe(202));

        var rows = CsvText.Read((await ResultsAsync(job)).Text);
        var duplicates = CsvText.Read((await _api.GetAsync($"validation/jobs/{job.Text("jobId")}/duplicates")).MustBe(200).Text);

        Assert.Equal(["=ann@one.example", "=ANN@one.example"], rows.Select(row => row["email"]));
        Assert.Equal(["+49 30 1234", "-"], rows.Select(row => row["=Phone"]));
        Assert.All(rows, row => Assert.Equal("'=ann@one.example", row["normalized"]));
        Assert.Equal("'=ANN@one.example", duplicates[0]["email"]);
    }

    [Fact]
    public async Task List_comes_back_as_lines_of_json()
    {
        var job = await RunAsync((await _api.PostAsync("validation/jobs", new { emails = new[] { "a@two.example", " ", "A@two.example", "bad" } })).MustBe(202));

        var lines = Lines(await ResultsAsync(job, "?format=jsonl"));
        var bad = Lines(await ResultsAsync(job, "?format=jsonl&verdict=undeliverable"));

        Assert.Equal(["a@two.example", " ", "A@two.example", "bad"], lines.Select(line => line.Text("email")));
        Assert.Equal([1L, 2L, 3L, 4L], lines.Select(line => line.Number("row")));
        Assert.Equal(1, lines[2].Number("duplicateOf"));
        Assert.Equal("A@two.example", lines[2].Text("input.email"));
        Assert.Equal(["unknown", "undeliverable", "unknown", "undeliverable"], lines.Select(line => line.Text("verdict")));
        Assert.Equal([2L, 4L], bad.Select(line => line.Number("row")));
    }

    [Theory]
    [InlineData("exact", 1)]
    [InlineData("caseInsensitive", 2)]
    [InlineData("canonical", 3)]
    [InlineData("domain", 4)]
    [InlineData("none", 0)]
    public async Task Duplicates_are_what_the_method_says(string method, int duplicates)
    {
        var emails = new[] { "jane@three.example", "jane@three.example", "Jane@three.example", "jane+tag@three.example", "bob@three.example", "bob@other.example" };

        var job = await RunAsync((await _api.PostAsync($"validation/jobs?dedupe={method}", new { emails })).MustBe(202));

        Assert.Equal((6L, 6L, (long)duplicates), (job.Number("total"), job.Number("done"), job.Number("duplicates")));
        Assert.Equal(6, job.Numbers("byVerdict").Values.Sum());
        Assert.Equal(6, CsvText.Read((await ResultsAsync(job)).Text).Count);
    }

    [Fact]
    public async Task Upload_is_read_as_it_was_uploaded()
    {
        var uploadId = await _api.UploadAsync(Encoding.Latin1.GetBytes("Prénom,Courriel\nZoé,zoe@four.example\nÉric,eric@four.example\n"));

        var job = await RunAsync((await _api.PostAsync("validation/jobs", new { uploadId })).MustBe(202));

        var rows = CsvText.Read((await ResultsAsync(job)).Text);
        Assert.Equal(["Zoé", "Éric"], rows.Select(row => row["Prénom"]));
    }

    [Fact]
    public async Task Addresses_that_were_checked_before_come_from_the_cache()
    {
        var emails = Enumerable.Range(0, 120).Select(i => string.Create(CultureInfo.InvariantCulture, $"p{i}@cached{i % 7}.example")).ToArray();
        await RunAsync((await _api.PostAsync("validation/jobs", new { emails })).MustBe(202));

        var again = await RunAsync((await _api.PostAsync("validation/jobs", new { emails })).MustBe(202));

        Assert.Equal((120L, 0L), (again.Number("cache.hits"), again.Number("cache.misses")));
        Assert.Equal(3, again.Number("chunks.total"));
    }

    [Fact]
    public async Task Same_key_and_body_is_one_job_and_another_body_is_refused()
    {
        (string, string) key = ("Idempotency-Key", Guid.NewGuid().ToString());
        async Task<Reply> Post(string csv)
        {
            using var content = new StringContent(csv, Encoding.UTF8, "text/csv");
            return await _api.SendAsync(HttpMethod.Post, "validation/jobs", content, key);
        }

        var first = (await Post("email\na@five.example\n")).MustBe(202);
        var second = (await Post("email\na@five.example\n")).MustBe(202);
        var other = await Post("email\nb@five.example\n");

        Assert.Equal(first.Json.Text("jobId"), second.Json.Text("jobId"));
        Assert.Equal("true", second.Header("Idempotency-Replayed"));
        other.MustRefuse(409, "idempotency_key_reused");
        await RunAsync(first);
    }

    [Theory]
    [InlineData("", "csv_empty")]
    [InlineData("name,company\nAnn,Acme\n", "csv_no_email_column")]
    [InlineData("email\n", "csv_no_rows")]
    [InlineData("email,Work Email\na@b.example,c@d.example\n", "csv_several_email_columns")]
    public async Task File_without_addresses_is_refused_and_told_why(string csv, string code)
    {
        var refused = (await _api.PostTextAsync("validation/jobs", csv, "text/csv")).MustRefuse(400, code);

        if (code == "csv_no_email_column")
            Assert.Contains("\"name\", \"company\"", refused.Json.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Column_may_be_named()
    {
        var job = await RunAsync((await _api.PostTextAsync("validation/jobs?column=Work%20Email", "email,Work Email\na@b.example,not one\n", "text/csv")).MustBe(202));

        Assert.Equal(1, job.Numbers("byVerdict")["undeliverable"]);
    }

    [Fact]
    public async Task Hostile_files_are_refused_or_taken_as_rows()
    {
        var bomb = new MemoryStream();
        await using (var gzip = new GZipStream(bomb, CompressionLevel.Optimal, leaveOpen: true))
            await gzip.WriteAsync(new byte[8 * 1024 * 1024]);

        foreach (var path in new[] { "validation/jobs", "validation/import?vendor=reacher", "suppressions" })
        {
            using var packed = new ByteArrayContent(bomb.ToArray()) { Headers = { ContentType = new("text/csv"), ContentEncoding = { "gzip" } } };
            (await _api.SendAsync(HttpMethod.Post, path, packed)).MustRefuse(415, "unsupported_media_type");
        }
        (await _api.PostBytesAsync("validation/jobs", bomb.ToArray(), "text/csv")).MustRefuse(400, "csv_binary");
        (await _api.PostBytesAsync("validation/jobs", Encoding.UTF8.GetBytes($"email\na\0b@c.example\n{new string('x', 999)}\n"), "text/csv")).MustRefuse(400, "csv_binary");
        (await _api.PostTextAsync("validation/jobs", "<x/>", "application/xml")).MustRefuse(415, "unsupported_media_type");

        var job = await RunAsync((await _api.PostTextAsync("validation/jobs", $"email,note\n{new string('x', 1_000_000)},\nann\u202e@\u200bsix.example,\na@six.example,ok\n", "text/csv")).MustBe(202));
        Assert.Equal(("Completed", 3L, 2L), (job.Text("status"), job.Number("total"), job.Numbers("byVerdict")["undeliverable"]));
    }

    [Fact]
    public async Task Bodies_that_cannot_be_used_are_refused_by_field()
    {
        Assert.Contains("either", (await _api.PostAsync("validation/jobs", new { })).MustRefuse(400, "validation_failed").Error("emails"), StringComparison.Ordinal);
        (await _api.PostAsync("validation/jobs", new { emails = Array.Empty<string>() })).MustRefuse(400, "validation_failed");
        (await _api.PostAsync("validation/jobs", new { emails = Enumerable.Repeat("a@b.example", 10_001) })).MustRefuse(400, "validation_failed");
        (await _api.PostAsync("validation/jobs", new { emails = new[] { "a@b.example" }, colour = "red" })).MustRefuse(400, "validation_failed");
        (await _api.PostAsync("validation/jobs?dedupe=fuzzy", new { emails = new[] { "a@b.example" } })).MustRefuse(400, "validation_failed");
        (await _api.PostAsync("validation/jobs", new { uploadId = "upl_00000000000000000000000000" })).MustRefuse(404, "upload_not_found");
        (await _api.GetAsync("validation/jobs/job_00000000000000000000000000")).MustRefuse(404, "job_not_found");
        (await _api.GetAsync("validation/jobs/nonsense")).MustRefuse(404, "job_not_found");
    }

    [Fact]
    public async Task Job_of_another_tenant_is_not_there()
    {
        var job = await RunAsync((await _api.PostAsync("validation/jobs", new { emails = new[] { "a@seven.example" } })).MustBe(202));
        var other = await platform.NewTenantAsync("validation:write");
        var path = $"validation/jobs/{job.Text("jobId")}";

        foreach (var suffix in new[] { "", "/results", "/duplicates", "/forecast" })
            (await other.GetAsync(path + suffix)).MustRefuse(404, "job_not_found");
        foreach (var suffix in new[] { "/cancel", "/retry" })
            (await other.PostAsync(path + suffix)).MustRefuse(404, "job_not_found");
        Assert.Empty((await other.GetAsync("validation/jobs")).MustBe(200).Json.List("items"));
    }

    [Fact]
    public async Task Key_without_the_scope_may_not()
    {
        var reader = platform.With((await _api.NewKeyAsync(["validation:read"])).Text("key"));

        (await reader.PostAsync("validation/jobs", new { emails = new[] { "a@b.example" } })).MustRefuse(403, "scope_missing");
        (await reader.GetAsync("validation/jobs")).MustBe(200);
    }

    [Fact]
    public async Task Job_that_is_over_cannot_be_canceled_and_has_nothing_to_retry()
    {
        var job = await RunAsync((await _api.PostAsync("validation/jobs", new { emails = new[] { "a@eight.example" } })).MustBe(202));
        var path = $"validation/jobs/{job.Text("jobId")}";

        (await _api.PostAsync($"{path}/cancel")).MustRefuse(409, "job_finished");
        (await _api.PostAsync($"{path}/retry")).MustRefuse(409, "no_dead_chunks");
    }

    [Fact]
    public async Task Canceled_job_stops_and_its_counts_stay()
    {
        // So many that it is not over before it is canceled.
        const int Addresses = 150_000;
        var csv = new StringBuilder("email\n");
        for (var i = 0; i < Addresses; i++)
            csv.Append(CultureInfo.InvariantCulture, $"p{i}@cancel{i}.example\n");
        var started = (await _api.PostTextAsync("validation/jobs", csv.ToString(), "text/csv")).MustBe(202);
        var path = $"validation/jobs/{started.Json.Text("jobId")}";

        (await _api.PostAsync($"{path}/cancel")).MustBe(202);
        var job = await RunAsync(started);

        Assert.Equal("Canceled", job.Text("status"));
        Assert.Equal(job.Number("done"), job.Numbers("byVerdict").Values.Sum());
        Assert.True(job.Number("done") < Addresses);
        (await _api.GetAsync($"{path}/results")).MustBe(200);
    }

    [Fact]
    public async Task Jobs_are_listed_newest_first_page_by_page()
    {
        var api = await platform.NewTenantAsync("validation:write");
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
            ids.Add((await api.PostAsync("validation/jobs", new { emails = new[] { "a@nine.example" } })).MustBe(202).Json.Text("jobId")!);

        var listed = await api.AllAsync("validation/jobs", 2);

        Assert.Equal(ids.AsEnumerable().Reverse(), listed.Select(job => job.Text("jobId")));
    }

    [Theory]
    [InlineData("a/b@ten.example")]
    [InlineData("\"a b?#%/\"@ten.example")]
    [InlineData("é+ü@ten.example")]
    public async Task Address_of_any_characters_is_let_go_again(string email)
    {
        var api = await platform.NewTenantAsync("validation:write");
        (await api.PostAsync("suppressions", new { email })).MustBe(201);

        (await api.SendAsync(HttpMethod.Delete, $"suppressions/{Uri.EscapeDataString(email)}", null)).MustBe(204);

        Assert.Empty((await api.GetAsync("suppressions")).MustBe(200).Json.List("items"));
    }

    [Fact]
    public async Task Suppressed_address_stops_checks_and_jobs_whatever_its_spelling()
    {
        var api = await platform.NewTenantAsync("validation:write");

        var added = (await api.PostAsync("suppressions", new { emails = new[] { "Jane@ten.example", "no address" }, reason = "asked to" })).MustBe(201);
        var file = (await api.PostTextAsync("suppressions", "email,reason\nbob@ten.example,bounced\njane@ten.example,\n", "text/csv")).MustBe(201);
        var check = (await api.PostAsync("validation/check", new { email = "jane+news@TEN.example" })).MustBe(200);
        var job = await RunAsync((await api.PostAsync("validation/jobs", new { emails = new[] { "bob@ten.example", "carl@ten.example" } })).MustBe(202), api);

        Assert.Equal((1L, 1), (added.Json.Number("added"), added.Json.List("rejected").Count));
        Assert.Equal((1L, 1L), (file.Json.Number("added"), file.Json.Number("known")));
        Assert.Equal(("undeliverable", "suppressed"), (check.Json.Text("verdict"), (string)check.Json.List("reasons")[0]!));
        Assert.Equal((1L, 1L), (job.Numbers("byVerdict")["undeliverable"], job.Numbers("byVerdict")["unknown"]));
        Assert.Equal(2, (await api.AllAsync("suppressions", 1)).Count);
        Assert.Equal("asked to", (await api.GetAsync("suppressions?email=jane%2Bx@ten.example")).MustBe(200).Json.List("items")[0].Text("reason"));
        (await api.SendAsync(HttpMethod.Delete, "suppressions/JANE@ten.example", null)).MustBe(204);
        (await api.SendAsync(HttpMethod.Delete, "suppressions/jane@ten.example", null)).MustRefuse(404, "suppression_not_found");
        Assert.Equal("unknown", (await api.PostAsync("validation/check", new { email = "jane@ten.example" })).MustBe(200).Json.Text("verdict"));
        Assert.Empty((await _api.GetAsync("suppressions?email=bob@ten.example")).MustBe(200).Json.List("items"));
    }

    private async Task<JsonNode> RunAsync(Reply started, ApiClient? api = null) => await (api ?? _api).JobEndAsync(started.Json.Text("jobId")!);

    private async Task<Reply> ResultsAsync(JsonNode job, string query = "") => (await _api.GetAsync($"validation/jobs/{job.Text("jobId")}/results{query}")).MustBe(200);

    private static IReadOnlyList<JsonNode> Lines(Reply reply) => [.. reply.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
}
