using System.Globalization;
using System.Text;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Quotas;
using ProspectOps.Validation;
using ProspectOps.Validation.Jobs;
using ProspectOps.Validation.Suppressions;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Validation.Jobs;

public sealed class JobTests : IAsyncDisposable
{
    private readonly JobsWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Results_are_the_rows_in_their_order_with_the_first_ones_verdict_for_what_repeats()
    {
        await _world.StartAsync();
        var jobId = await _world.StartJobAsync(Csv(700, repeatEvery: 7));

        await _world.DrainAsync();

        var (view, rows) = (await _world.ViewAsync(jobId), await _world.ResultsAsync(jobId));
        Assert.Equal((JobStatus.Completed, 800L, 800L, 100L), (view.Status, view.Total, view.Done, view.Duplicates));
        Assert.Equal(14, view.Chunks.Done);
        Assert.Equal(Enumerable.Range(1, 800).Select(row => (long)row), rows.Select(row => row.Row));
        Assert.All(rows, row => Assert.Equal(row.Cells[1], row.Email));
        Assert.All(rows, row => Assert.Equal(Expected(row.Email), row.Result!.Verdict));
        Assert.Equal(100, rows.Count(row => row.DuplicateOf is not null));
        Assert.All(rows.Where(row => row.DuplicateOf is not null), row => Assert.Equal(rows[(int)row.DuplicateOf!.Value - 1].Result!.Normalized, EmailAddress.CanonicalOf(row.Email)));
        Assert.All(_world.Validator.Asked.Values, count => Assert.Equal(1, count));
        Assert.Equal(rows.CountBy(row => row.Result!.Verdict).ToDictionary(pair => pair.Key.ToString().ToLowerInvariant(), pair => (long)pair.Value).OrderBy(pair => pair.Key),
            view.ByVerdict.Where(pair => pair.Value > 0).OrderBy(pair => pair.Key));
    }

    [Fact]
    public async Task List_of_several_waves_keeps_its_order()
    {
        await _world.StartAsync();
        var jobId = await _world.StartJobAsync(Csv(45_000, repeatEvery: 9));

        await _world.DrainAsync();

        var rows = await _world.ResultsAsync(jobId);
        Assert.Equal(50_000, rows.Count);
        Assert.All(rows, row => Assert.Equal(row.Email, row.Cells[1]));
        Assert.All(rows, row => Assert.Equal(row.Email, row.Result!.Email));
        Assert.Equal(5_000, rows.Count(row => row.DuplicateOf is not null));
        Assert.Equal(45_000, _world.Validator.Asked.Count);
    }

    [Fact]
    public async Task Few_chunks_of_a_job_wait_in_the_queue_however_long_the_list_is()
    {
        await _world.StartAsync();
        await _world.StartJobAsync(Csv(5_000));

        await _world.StepAsync();

        Assert.Equal(16, _world.ChunkMessages.Count);
    }

    [Fact]
    public async Task Chunk_that_fails_five_times_is_dead_with_its_cause_and_runs_again_alone()
    {
        await _world.StartAsync();
        _world.Validator.Fails = email => email == "p3@d3.example";
        var jobId = await _world.StartJobAsync(Csv(200));

        await _world.DrainAsync();
        var broken = await _world.ViewAsync(jobId);
        var rows = await _world.ResultsAsync(jobId);
        _world.Validator.Fails = _ => false;
        await _world.Process.Get<JobService>().RetryAsync(JobsWorld.Tenant, jobId, default);
        await _world.DrainAsync();
        var mended = await _world.ViewAsync(jobId);

        Assert.Equal((JobStatus.CompletedWithErrors, 4L, 3L, 1L, 150L), (broken.Status, broken.Chunks.Total, broken.Chunks.Done, broken.Chunks.Dead, broken.Done));
        var dead = Assert.Single(broken.DeadChunks!);
        Assert.Equal((5, 50, "InvalidOperationException: The name server is on fire."), (dead.Failures, dead.Rows, dead.Cause));
        Assert.Equal(50, rows.Count(row => row.Result is null));
        Assert.Equal((JobStatus.Completed, 4L, 0L, 200L), (mended.Status, mended.Chunks.Done, mended.Chunks.Dead, mended.Done));
        Assert.All(_world.Validator.Asked.Values, count => Assert.Equal(1, count));
        Assert.Null(mended.DeadChunks);
    }

    [Fact]
    public async Task Poison_message_that_is_no_message_harms_nothing()
    {
        await _world.StartAsync();

        await _world.Process.Get<DeadChunks>().RecordAsync([0xFF, 0x00, 0x12], default);
        await _world.Process.Get<DeadChunks>().RecordAsync("{\"tenantId\":\"a|b\",\"jobId\":\"x\",\"chunk\":-1,\"v\":1}"u8.ToArray(), default);
        await _world.Process.Get<DeadChunks>().RecordAsync("null"u8.ToArray(), default);
    }

    [Fact]
    public async Task What_a_mail_server_put_off_is_asked_again_three_times_and_counted_once_at_the_end()
    {
        await _world.StartAsync();
        _world.Validator.PutsOff = email => email == "p5@d5.example" ? TimeSpan.FromMinutes(15) : null;
        var jobId = await _world.StartJobAsync(Csv(60));

        await _world.StepAsync();
        await _world.StepAsync();
        await _world.StepAsync();
        var waiting = await _world.ViewAsync(jobId);
        await _world.DrainAsync();
        var view = await _world.ViewAsync(jobId);

        Assert.Equal((JobStatus.Running, 59L), (waiting.Status, waiting.Done));
        Assert.Equal((JobStatus.Completed, 60L, 2L), (view.Status, view.Done, view.Chunks.Done));
        Assert.Equal(4, _world.Validator.Asked["p5@d5.example"]);
        Assert.All(_world.Validator.Asked.Where(pair => pair.Key != "p5@d5.example"), pair => Assert.Equal(1, pair.Value));
    }

    [Fact]
    public async Task Cancel_before_intake_ends_the_job_at_once()
    {
        await _world.StartAsync();
        var jobId = await _world.StartJobAsync(Csv(10));

        await _world.Process.Get<JobService>().CancelAsync(JobsWorld.Tenant, jobId, default);
        await _world.DrainAsync();

        Assert.Equal(JobStatus.Canceled, (await _world.ViewAsync(jobId)).Status);
        Assert.Empty(_world.Validator.Asked);
    }

    [Fact]
    public async Task Cancel_lets_no_further_chunk_begin_and_keeps_what_is_done()
    {
        await _world.StartAsync();
        var jobId = await _world.StartJobAsync(Csv(500));
        for (var step = 0; step < 4; step++)
            await _world.StepAsync();

        await _world.Process.Get<JobService>().CancelAsync(JobsWorld.Tenant, jobId, default);
        await _world.DrainAsync();

        var (view, rows) = (await _world.ViewAsync(jobId), await _world.ResultsAsync(jobId));
        Assert.Equal((JobStatus.Canceled, 150L, 500L), (view.Status, view.Done, view.Total));
        Assert.Equal((150, 500), (rows.Count(row => row.Result is not null), rows.Count));
        Assert.Equal(150, _world.Validator.Asked.Count);
        await Assert.ThrowsAsync<DomainException>(() => _world.Process.Get<JobService>().CancelAsync(TenantIdOfOther, jobId, default));
    }

    [Fact]
    public async Task Job_checks_to_the_last_address_of_the_quota_then_waits_and_goes_on_when_it_resets()
    {
        await _world.StartAsync();
        await new TenantStore(_world.Storage).AddAsync(new Tenant { Id = JobsWorld.Tenant, Name = "Jobs", Quotas = new QuotaSettings(ValidationDaily: 70), CreatedAt = _world.Clock.Now }, default);
        var jobId = await _world.StartJobAsync(Csv(120));

        await _world.DrainAsync();
        var waiting = await _world.ViewAsync(jobId);
        await SweepAsync(TimeSpan.FromMinutes(5));
        var asked = _world.Validator.Asked.Count;
        await SweepAsync(TimeSpan.FromHours(15));
        await SweepAsync(TimeSpan.FromMinutes(5));
        var ended = await _world.ViewAsync(jobId);

        Assert.Equal((JobStatus.Running, 70L, "validation.daily"), (waiting.Status, waiting.Done, waiting.WaitsFor?.Quota));
        Assert.Equal(70, asked);
        Assert.Equal((JobStatus.Completed, 120L), (ended.Status, ended.Done));
        Assert.Null(ended.WaitsFor);
        Assert.All(_world.Validator.Asked.Values, count => Assert.Equal(1, count));
        Assert.Equal(120, _world.Validator.Asked.Count);
        var standing = await _world.Process.Get<QuotaService>().StandingAsync(new QuotaSubject(JobsWorld.Tenant, null), default);
        Assert.Equal(50, Assert.Single(standing).Used);
    }

    [Fact]
    public async Task Cached_answers_cost_no_quota()
    {
        await _world.StartAsync();
        await _world.StartJobAsync(Csv(60));
        await _world.DrainAsync();
        await new TenantStore(_world.Storage).AddAsync(new Tenant { Id = JobsWorld.Tenant, Name = "Jobs", Quotas = new QuotaSettings(ValidationDaily: 0), CreatedAt = _world.Clock.Now }, default);
        _world.Clock.Pass(TimeSpan.FromSeconds(10));

        var (source, _) = await _world.Process.Get<JobInputStore>().KeepFileAsync(JobsWorld.Tenant, new MemoryStream(Encoding.UTF8.GetBytes(Csv(60))), null, default);
        var jobId = await _world.Process.Get<JobService>().StartAsync(JobsWorld.Tenant, new JobRequest(source), "01kc0000000000000000000002", default);
        await _world.DrainAsync();

        var view = await _world.ViewAsync(jobId);
        Assert.Equal((JobStatus.Completed, 60L, 0L), (view.Status, view.Cache.Hits, view.Cache.Misses));
    }

    [Fact]
    public async Task Who_listens_is_told_once_when_a_job_is_over()
    {
        await _world.StartAsync();
        await _world.Process.Get<EndpointStore>().AddAsync(
            JobsWorld.Tenant,
            new WebhookEndpoint { EndpointId = "whe_01kc0000000000000000000003", Url = new Uri("https://hooks.example/"), Secret = "whsec_c2VjcmV0", Events = [EventTypes.ValidationJobCompleted], CreatedAt = _world.Clock.Now },
            default);
        var jobId = await _world.StartJobAsync(Csv(10));

        await _world.DrainAsync();
        await _world.Process.Get<JobFinisher>().TryFinishAsync(JobsWorld.Tenant, jobId, default);

        Assert.Single(((InMemoryQueue<DeliveryMessage>)_world.Storage.Queue<DeliveryMessage>(DeliveryMessage.Queue)).Sent);
    }

    [Fact]
    public async Task Suppressed_people_are_not_asked_about()
    {
        await _world.StartAsync();
        await _world.Process.Get<SuppressionService>().AddAsync(JobsWorld.Tenant, [("P7+x@D7.example", null)], "api", default);
        var jobId = await _world.StartJobAsync(Csv(20));

        await _world.DrainAsync();

        var row = Assert.Single(await _world.ResultsAsync(jobId), row => row.Result!.Verdict == Verdict.Undeliverable);
        Assert.Equal(("p7@d7.example", ValidationReasons.Suppressed), (row.Email, row.Result!.Reasons[0]));
        Assert.False(_world.Validator.Asked.ContainsKey("p7@d7.example"));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(5_000_000)]
    public async Task Input_that_breaks_off_is_checked_as_far_as_it_goes(int length)
    {
        await _world.StartAsync();
        var jobId = await _world.StartJobAsync($"name,email\na,a@a.example\nb,b@b.example\nc,\"{new string('x', length)}");

        await _world.DrainAsync();

        var view = await _world.ViewAsync(jobId);
        Assert.Equal((JobStatus.CompletedWithErrors, 2L, 2L), (view.Status, view.Total, view.Done));
        Assert.Contains("line 4", view.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await _world.ResultsAsync(jobId)).Count);
    }

    [Theory]
    [InlineData(100, "csv_quote_open")]
    [InlineData(5_000_000, "csv_row_too_long")]
    public async Task Input_that_breaks_off_in_its_first_row_is_refused_with_the_code(int length, string code)
    {
        await _world.StartAsync();

        var refusal = await Assert.ThrowsAsync<DomainException>(() => _world.StartJobAsync($"email\n\"{new string('x', length)}"));

        Assert.Equal(code, refusal.Error.Code);
    }

    [Fact]
    public async Task Rows_of_uneven_width_keep_their_cells()
    {
        await _world.StartAsync();
        var jobId = await _world.StartJobAsync("email,name\na@a.example\nb@b.example,Bob,extra\n");

        await _world.DrainAsync();

        var results = _world.Process.Get<JobResults>();
        var job = await results.RequireOverAsync(JobsWorld.Tenant, jobId, default);
        Assert.Equal(["email", "name", "column 3"], await results.ColumnsAsync(JobsWorld.Tenant, job, default));
        Assert.Equal([["a@a.example", "", ""], ["b@b.example", "Bob", "extra"]], (await _world.ResultsAsync(jobId)).Select(row => row.Cells));
    }

    private static TenantId TenantIdOfOther => TenantId.Parse("ten_other");

    private async Task SweepAsync(TimeSpan after)
    {
        _world.Clock.Pass(after);
        await _world.Process.Get<JobSweeper>().SweepAsync(othersAreDead: false, default);
        await _world.DrainAsync();
    }

    private static Verdict Expected(string email) =>
        !EmailAddress.TryParse(email, out _, out _) ? Verdict.Undeliverable : email.StartsWith("risky", StringComparison.OrdinalIgnoreCase) ? Verdict.Risky : Verdict.Deliverable;

    /// <summary>So many different addresses; after each so many of them one that repeats an earlier one in another spelling.</summary>
    internal static string Csv(int different, int repeatEvery = int.MaxValue)
    {
        var csv = new StringBuilder("name,email\n");
        for (var i = 0; i < different; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"n{i},{(i % 5 == 4 ? "risky" : "p")}{i}@d{i}.example\n");
            if (i % repeatEvery == repeatEvery - 1)
                csv.Append(CultureInfo.InvariantCulture, $"again,{(i / 2 % 5 == 4 ? "RISKY" : "P")}{i / 2}+tag@D{i / 2}.example\n");
        }
        return csv.ToString();
    }
}
