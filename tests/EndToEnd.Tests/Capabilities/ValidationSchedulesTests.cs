using System.Text;
using System.Text.Json.Nodes;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;

namespace ProspectOps.EndToEnd.Tests.Capabilities;

/// <summary>Schedules, imports and forecasts over HTTP.</summary>
public sealed class ValidationSchedulesTests(Platform platform)
{
    private readonly ApiClient _api = platform.Operator;

    [Fact]
    public async Task Schedule_is_made_shown_listed_and_deleted()
    {
        var uploadId = await _api.UploadAsync("email\na@schedule.example\n"u8.ToArray());
        // It does not run while it is looked at.
        var day = DateTimeOffset.UtcNow.AddDays(3).DayOfWeek;
        var asked = new { name = "Weekly", uploadId, cadence = "weekly", dayOfWeek = day.ToString().ToLowerInvariant(), at = "07:30", timeZone = "Europe/Paris" };

        var made = (await _api.PostAsync("validation/schedules", asked)).MustBe(201).Json;
        var path = $"validation/schedules/{made.Text("scheduleId")}";

        Assert.Equal(("weekly", asked.dayOfWeek, "07:30", "Europe/Paris"), (made.Text("cadence"), made.Text("dayOfWeek"), made.Text("at"), made.Text("timeZone")));
        var next = DateTimeOffset.Parse(made.Text("nextRunAt")!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal((day, 30), (next.DayOfWeek, next.Minute));
        Assert.Equal(made!.ToJsonString(), (await _api.GetAsync(path)).MustBe(200).Json!.ToJsonString());
        Assert.Contains(await _api.AllAsync("validation/schedules", 1), one => one.Text("scheduleId") == made.Text("scheduleId"));
        Assert.Empty((await _api.GetAsync($"{path}/runs")).MustBe(200).Json.List("items"));

        var other = await platform.NewTenantAsync("validation:write");
        (await other.GetAsync(path)).MustRefuse(404, "schedule_not_found");
        (await other.GetAsync($"{path}/runs")).MustRefuse(404, "schedule_not_found");
        (await other.SendAsync(HttpMethod.Delete, path, null)).MustRefuse(404, "schedule_not_found");
        (await other.PostAsync("validation/schedules", asked)).MustRefuse(404, "upload_not_found");

        (await _api.SendAsync(HttpMethod.Delete, path, null)).MustBe(204);
        (await _api.GetAsync(path)).MustRefuse(404, "schedule_not_found");
    }

    [Theory]
    [InlineData("""{"cadence":"weekly","at":"07:30","timeZone":"UTC"}""", "dayOfWeek")]
    [InlineData("""{"cadence":"monthly","dayOfMonth":32,"at":"07:30","timeZone":"UTC"}""", "dayOfMonth")]
    [InlineData("""{"cadence":"daily","dayOfWeek":"monday","at":"07:30","timeZone":"UTC"}""", "dayOfWeek")]
    [InlineData("""{"cadence":"daily","at":"25:00","timeZone":"UTC"}""", "at")]
    [InlineData("""{"cadence":"daily","at":"07:30","timeZone":"Mars/Olympus"}""", "timeZone")]
    [InlineData("""{"cadence":"weekly","dayOfWeek":"someday","at":"07:30","timeZone":"UTC"}""", "dayOfWeek")]
    public async Task Schedule_that_makes_no_sense_is_refused_by_field(string fields, string field)
    {
        var body = JsonNode.Parse(fields)!;
        body["name"] = "x";
        body["uploadId"] = "upl_00000000000000000000000000";

        Assert.NotEmpty((await _api.PostAsync("validation/schedules", body)).MustRefuse(400, "validation_failed").Error(field));
    }

    [Fact]
    public async Task Verdicts_bought_elsewhere_answer_with_their_age()
    {
        var checkedAt = DateTimeOffset.UtcNow.AddHours(-3).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        const string Csv = "Email Address,ZB Status,ZB Sub Status\ngood@bought.example,Valid,\nbad@bought.example,Invalid,mailbox_not_found\nodd@bought.example,perhaps,\nnobody,Valid,\n";

        var imported = (await _api.PostTextAsync($"validation/import?vendor=zerobounce&checkedAt={checkedAt}", Csv, "text/csv")).MustBe(200).Json;
        var good = (await _api.PostAsync("validation/check", new { email = "Good+x@bought.example" })).MustBe(200).Json;
        var job = await _api.JobEndAsync((await _api.PostAsync("validation/jobs", new { emails = new[] { "good@bought.example", "bad@bought.example" } })).MustBe(202).Json.Text("jobId")!);

        Assert.Equal((4L, 2L, 2L), (imported.Number("rows"), imported.Number("imported"), imported.Number("rejectedCount")));
        Assert.Equal(("deliverable", "imported"), (good.Text("verdict"), (string)good.List("reasons")[0]!));
        Assert.True((bool)good!["cached"]!);
        Assert.Equal(checkedAt[..16], good.Text("checkedAt")![..16]);
        Assert.Equal((1L, 1L, 2L), (job.Numbers("byVerdict")["deliverable"], job.Numbers("byVerdict")["undeliverable"], job.Number("cache.hits")));

        var old = (await _api.PostTextAsync("validation/import?vendor=neverbounce&checkedAt=2020-01-01", "email,result\nold@bought.example,valid\n", "text/csv")).MustBe(200).Json;
        Assert.Equal((0L, 1L), (old.Number("imported"), old.Number("expired")));
        (await _api.PostTextAsync("validation/import?vendor=acme", Csv, "text/csv")).MustRefuse(400, "validation_failed");
        (await _api.PostTextAsync("validation/import?vendor=kickbox", "email,colour\na@b.example,red\n", "text/csv")).MustRefuse(400, "import_columns_missing");
    }

    [Fact]
    public async Task Forecast_says_what_to_leave_out_to_get_under_a_rate()
    {
        var csv = new StringBuilder("email\n");
        for (var i = 0; i < 40; i++)
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"p{i}@forecast.example\n");
        csv.Append("bad\nP0@forecast.example\n");
        var job = await _api.JobEndAsync((await _api.PostTextAsync("validation/jobs", csv.ToString(), "text/csv")).MustBe(202).Json.Text("jobId")!);
        var path = $"validation/jobs/{job.Text("jobId")}/forecast";

        var plain = (await _api.GetAsync(path)).MustBe(200).Json;
        var most = (double)plain!["expectedBounceRate"]! - 0.01;
        var limited = (await _api.GetAsync(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path}?maxBounceRate={most:0.####}"))).MustBe(200).Json;
        var file = CsvText.Read((await _api.GetAsync(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path}?maxBounceRate={most:0.####}&format=csv"))).MustBe(200).Text);

        Assert.Equal((42L, 41L, 1L), (plain.Number("rows"), plain.Number("considered"), plain.Number("duplicates")));
        Assert.InRange((double)plain["expectedBounces"]!, (double)plain["interval"]!["low"]!, (double)plain["interval"]!["high"]!);
        Assert.Equal("bad", limited.List("drop.items")[0].Text("email"));
        Assert.True((double)limited!["drop"]!["expectedBounceRateAfter"]! <= most);
        Assert.Equal(limited.Number("drop.rows"), file.Count);
        (await _api.GetAsync($"{path}?maxBounceRate=2")).MustRefuse(400, "validation_failed");
    }
}
