using ProspectOps.Validation.Jobs;

namespace ProspectOps.Tests.Validation.Jobs;

/// <summary>A process dies at each of its calls to the store in turn; whoever comes next brings the job to the same end.</summary>
public sealed class CrashedJobTests
{
    private const int Addresses = 130;
    private const int Rows = 143;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Job_comes_to_the_same_end_wherever_its_process_dies(bool callArrives)
    {
        var calls = await CallsAsync();
        Assert.InRange(calls, 20, 400);

        for (var diesAt = 1; diesAt <= calls; diesAt++)
            await DieAtAsync(diesAt, callArrives);
    }

    private static async Task<int> CallsAsync()
    {
        await using var world = new JobsWorld();
        var storage = new CrashingStorage(world.Storage);
        await world.StartAsync(storage);
        await world.StartJobAsync(JobTests.Csv(Addresses, repeatEvery: 10));
        await world.DrainAsync();
        return storage.Calls;
    }

    private static async Task DieAtAsync(int diesAt, bool callArrives)
    {
        await using var world = new JobsWorld();
        await world.StartAsync(new CrashingStorage(world.Storage) { DiesAt = diesAt, CallArrives = callArrives });
        var jobId = "job_01kc0000000000000000000001";
        try
        {
            await world.StartJobAsync(JobTests.Csv(Addresses, repeatEvery: 10));
            await world.DrainAsync();
        }
        catch (ProcessDiedException)
        {
            // As meant.
        }
        var doneBefore = await DoneAsync(world, jobId);

        await world.StartAsync();
        if (await world.Process.Get<JobStore>().FindAsync(JobsWorld.Tenant, jobId, default) is null)
            return; // It died before the job was written down, and nobody was told that it was.
        await world.Process.Get<JobSweeper>().SweepAsync(othersAreDead: true, default);
        await world.DrainAsync();
        await world.Process.Get<JobSweeper>().SweepAsync(othersAreDead: true, default);
        await world.DrainAsync();

        var view = await world.ViewAsync(jobId);
        var at = $"It died at call {diesAt}, which {(callArrives ? "arrived" : "was lost")}: {view}";
        Assert.True(view.Status == JobStatus.Completed, at);
        Assert.True((view.Total, view.Done, view.Duplicates) == (Rows, Rows, Rows - Addresses), at);
        Assert.True(view.ByVerdict.Values.Sum() == Rows, at);
        Assert.True((view.Chunks.Total, view.Chunks.Done, view.Chunks.Dead) == (3, 3, 0), at);
        var rows = await world.ResultsAsync(jobId);
        Assert.True(rows.Count == Rows && rows.All(row => row.Result is not null), at);
        foreach (var (number, blob) in await DoneAsync(world, jobId))
            Assert.True(!doneBefore.TryGetValue(number, out var before) || before == blob, $"Chunk {number} was done again. {at}");
        // One chunk at most was under way.
        Assert.True(world.Validator.Asked.Values.Sum() <= Addresses + 50, at);
    }

    private static async Task<Dictionary<int, string>> DoneAsync(JobsWorld world, string jobId)
    {
        await using var looking = new JobsProcess(world.Storage, world.Clock, world.Validator);
        var done = new Dictionary<int, string>();
        await foreach (var chunk in looking.Get<ChunkStore>().ListAsync(JobsWorld.Tenant, jobId, 0..100, default))
        {
            if (chunk.State == ChunkState.Done)
                done[chunk.Number] = chunk.Results!;
        }
        return done;
    }
}
