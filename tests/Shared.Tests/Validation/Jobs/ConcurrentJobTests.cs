using ProspectOps.Validation.Jobs;

namespace ProspectOps.Tests.Validation.Jobs;

/// <summary>Chunks that are checked at the same time, by several processes.</summary>
public sealed class ConcurrentJobTests : IAsyncDisposable
{
    private readonly JobsWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Counts_are_exact_at_any_moment_though_chunks_run_at_once_and_each_message_comes_to_two_processes()
    {
        await _world.StartAsync();
        var jobId = await _world.StartJobAsync(JobTests.Csv(2_100, repeatEvery: 7));
        Assert.True(await _world.StepAsync());
        await using var other = new JobsProcess(_world.Storage, _world.Clock, _world.Validator);
        using var over = new CancellationTokenSource();
        var watching = Task.Run(() => WatchAsync(jobId, over.Token), TestContext.Current.CancellationToken);

        for (var taken = 0; taken < _world.ChunkMessages.Count;)
        {
            var wave = _world.ChunkMessages.Skip(taken).Select(sent => sent.Message).ToArray();
            taken += wave.Length;
            await Task.WhenAll(wave.SelectMany(message => new[] { _world.Process, other }.Select(process => Task.Run(() => process.Get<ChunkHandler>().HandleAsync(message, default)))));
        }
        await over.CancelAsync();

        var view = await _world.ViewAsync(jobId);
        Assert.Equal((JobStatus.Completed, 2_400L, 2_400L, 42L), (view.Status, view.Total, view.Done, view.Chunks.Done));
        Assert.True(await watching > 0);
        var rows = await _world.ResultsAsync(jobId);
        Assert.Equal(rows.CountBy(row => row.Result!.Verdict).ToDictionary(pair => pair.Key.ToString().ToLowerInvariant(), pair => (long)pair.Value).OrderBy(pair => pair.Key),
            view.ByVerdict.Where(pair => pair.Value > 0).OrderBy(pair => pair.Key));
        Assert.All(_world.Validator.Asked.Values, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task Canceled_job_ends_when_the_chunk_in_flight_has_its_results()
    {
        await _world.StartAsync();
        var jobId = await _world.StartJobAsync(JobTests.Csv(200));
        Assert.True(await _world.StepAsync());
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _world.Validator.Waits = () =>
        {
            begun.SetResult();
            return goOn.Task;
        };
        var inFlight = _world.StepAsync();
        await begun.Task;

        await _world.Process.Get<JobService>().CancelAsync(JobsWorld.Tenant, jobId, default);
        Assert.Equal(JobStatus.Running, (await _world.ViewAsync(jobId)).Status);
        goOn.SetResult();
        await inFlight;
        await _world.DrainAsync();

        var view = await _world.ViewAsync(jobId);
        Assert.Equal((JobStatus.Canceled, 50L, 200L), (view.Status, view.Done, view.Total));
        Assert.Equal(50, _world.Validator.Asked.Count);
    }

    /// <returns>How often it looked.</returns>
    private async Task<int> WatchAsync(string jobId, CancellationToken cancellationToken)
    {
        var (looks, before) = (0, 0L);
        do
        {
            var view = await _world.ViewAsync(jobId);
            Assert.Equal(view.Done, view.ByVerdict.Values.Sum());
            Assert.InRange(view.Done, before, view.Total);
            before = view.Done;
            looks++;
            await Task.Yield();
        }
        while (!cancellationToken.IsCancellationRequested);
        return looks;
    }
}
