using System.Text.Json;
using ProspectOps.Operations;
using ProspectOps.Platform.Json;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Quotas;
using ProspectOps.Validation.Jobs;

namespace ProspectOps.Tests.Validation.Jobs;

/// <summary>The store fails at one call, or two processes come between each other's calls; nobody dies, and nothing waits for the sweeper that need not.</summary>
public sealed class FailingStoreJobTests : IAsyncDisposable
{
    // Of 50 addresses each: one more than are sent at first.
    private const int SeventeenChunks = 850;

    private readonly JobsWorld _world = new();
    private readonly MeddledStorage _storage;

    public FailingStoreJobTests() => _storage = new MeddledStorage(_world.Storage);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Chunks_go_on_and_the_job_ends_though_the_store_fails_right_after_each_chunk_is_done(bool callArrives)
    {
        await _world.StartAsync(_storage);
        var jobId = await _world.StartJobAsync(JobTests.Csv(SeventeenChunks));
        await _world.StepAsync();
        _storage.Meddle = OncePerChunk(callArrives ? CallFate.FailsAfterIt : CallFate.Fails);

        await DrainAsync();

        Assert.Equal(JobStatus.Completed, (await _world.ViewAsync(jobId)).Status);
        Assert.Equal(17, _world.ChunkMessages.Count);
        Assert.All(_world.Validator.Asked.Values, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task Successor_of_a_dead_chunk_is_sent_though_the_store_fails_when_it_is_given_up()
    {
        await _world.StartAsync(_storage);
        await _world.StartJobAsync(JobTests.Csv(SeventeenChunks));
        await _world.StepAsync();
        var poison = JsonSerializer.SerializeToUtf8Bytes(_world.ChunkMessages[0].Message, JsonDefaults.Options);
        _storage.Once(call => call is { Place: ChunkMessage.Queue, Operation: "send" }, CallFate.Fails);

        await Assert.ThrowsAsync<IOException>(() => _world.Process.Get<DeadChunks>().RecordAsync(poison, default));
        await _world.Process.Get<DeadChunks>().RecordAsync(poison, default);

        Assert.Equal(16, _world.ChunkMessages[^1].Message.Chunk);
    }

    [Theory]
    [InlineData("k|000000")]
    [InlineData("k|000002")]
    public async Task Claim_whose_answer_was_lost_is_a_claim(string row)
    {
        await _world.StartAsync(_storage);
        var jobId = await _world.StartJobAsync(JobTests.Csv(120));
        _storage.Once(call => call is { Place: "ValidationChunks", Operation: "replace" } && call.Rows[0] == row, CallFate.IsAskedTwice);

        await _world.DrainAsync();

        Assert.Equal(JobStatus.Completed, (await _world.ViewAsync(jobId)).Status);
    }

    [Fact]
    public async Task Failure_to_keep_results_is_a_failure_of_the_chunk_and_it_is_tried_again()
    {
        await _world.StartAsync(_storage);
        var jobId = await _world.StartJobAsync(JobTests.Csv(10));
        _storage.Once(call => call is { Place: "ValidationChunks", Operation: "transact" } && call.Rows.Contains("k|000000") && call.Rows.Contains("c"), CallFate.Fails);

        await _world.DrainAsync();

        Assert.Equal(JobStatus.Completed, (await _world.ViewAsync(jobId)).Status);
    }

    [Fact]
    public async Task Chunks_that_are_run_again_while_the_job_is_about_to_end_are_run()
    {
        await _world.StartAsync(_storage);
        _world.Validator.Fails = email => email == "p0@d0.example";
        var jobId = await _world.StartJobAsync(JobTests.Csv(60));
        await using var other = new JobsProcess(_world.Storage, _world.Clock, _world.Validator);
        // The job is over but for one write when somebody asks for its dead chunk to be run again.
        _storage.Meddle = async call =>
        {
            if (call is { Place: "ValidationJobs", Operation: "replace" } && await other.Get<JobService>().GetAsync(JobsWorld.Tenant, jobId, default) is { Chunks: { Dead: 1, Done: 1 }, Status: JobStatus.Running })
            {
                _storage.Meddle = _ => Task.FromResult(CallFate.Arrives);
                await RunAgainAsync();
            }
            return CallFate.Arrives;
        };

        await _world.DrainAsync();

        var view = await _world.ViewAsync(jobId);
        Assert.Equal((JobStatus.Completed, 2L, 0L, 60L), (view.Status, view.Chunks.Done, view.Chunks.Dead, view.Done));

        async Task RunAgainAsync()
        {
            _world.Validator.Fails = _ => false;
            await other.Get<JobService>().RetryAsync(JobsWorld.Tenant, jobId, default);
        }
    }

    [Fact]
    public async Task Pass_that_could_not_be_settled_is_paid_for_by_the_next_one()
    {
        await _world.StartAsync(_storage);
        await new TenantStore(_world.Storage).AddAsync(new Tenant { Id = JobsWorld.Tenant, Name = "Jobs", Quotas = new QuotaSettings(ValidationDaily: 100), CreatedAt = _world.Clock.Now }, default);
        _world.Validator.PutsOff = email => email == "p5@d5.example" ? TimeSpan.FromMinutes(15) : null;
        var jobId = await _world.StartJobAsync(JobTests.Csv(50));
        await _world.StepAsync();
        var writes = 0;
        _storage.Meddle = call => Task.FromResult(call is { Place: "Quotas", Operation: "transact" } && ++writes == 2 ? CallFate.Fails : CallFate.Arrives);

        await DrainAsync();
        _world.Clock.Pass(TimeSpan.FromHours(6.5));
        var left = await _world.Process.Get<QuotaService>().ReserveUpToAsync(new QuotaSubject(JobsWorld.Tenant, null), QuotaMetric.Validation, 100, default);

        Assert.Equal(JobStatus.Completed, (await _world.ViewAsync(jobId)).Status);
        Assert.Equal(50, left.Granted);
    }

    [Fact]
    public async Task Job_that_cannot_be_read_keeps_no_other_from_being_looked_after()
    {
        await _world.StartAsync();
        var jobId = await _world.StartJobAsync(JobTests.Csv(10));
        var broken = TenantId.Parse("a_tenant");
        const string BrokenId = "job_01kc0000000000000000000009";
        await _world.Storage.Table("ValidationJobs").UpsertAsync(new TableRow(broken.Value, ProspectOps.Platform.Ids.Base32.Invert(BrokenId)) { ["Job"] = "{" }, default);
        var due = new DueStore(_world.Storage, _world.Clock);
        for (var number = 0; number < 20; number++)
            await due.AddAsync(JobSweeper.Kind, DueStore.RowOf(_world.Clock.Now.AddTicks(-number), broken, BrokenId), default);
        _world.Clock.Pass(TimeSpan.FromMinutes(1));

        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => _world.Process.Get<JobSweeper>().SweepAsync(othersAreDead: false, default));

        Assert.Contains(BrokenId, fault.Message, StringComparison.Ordinal);
        Assert.NotEqual(_world.Clock.Now.AddMinutes(-1) + JobSweeper.Grace, DueAtOf((await _world.Process.Get<JobStore>().FindAsync(JobsWorld.Tenant, jobId, default))!));
    }

    private static DateTimeOffset DueAtOf(ValidationJob job) => DueStore.TryTimeOf(job.DueRow, out var at) ? at : default;

    /// <summary>The first thing after each chunk's record is that its verdicts are remembered: that fails, once for each.</summary>
    private static Func<StorageCall, Task<CallFate>> OncePerChunk(CallFate fate)
    {
        var isRecorded = false;
        return call =>
        {
            var fails = isRecorded && call is { Place: "ValidationCache", Operation: "transact" };
            isRecorded = (isRecorded && !fails) || (call is { Place: "ValidationChunks", Operation: "transact" } && call.Rows.Contains("c"));
            return Task.FromResult(fails ? fate : CallFate.Arrives);
        };
    }

    /// <summary>Hands out messages as a queue does: one whose handling failed comes again.</summary>
    private async Task DrainAsync()
    {
        for (var taken = 0; taken < _world.ChunkMessages.Count; taken++)
        {
            var (message, delay) = _world.ChunkMessages[taken];
            _world.Clock.Pass(delay);
            try
            {
                await _world.Process.Get<ChunkHandler>().HandleAsync(message, default);
            }
            catch (IOException)
            {
                await _world.Process.Get<ChunkHandler>().HandleAsync(message, default);
            }
        }
    }
}
