using Azure.Data.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using ProspectOps.LocalRuntime.Durable.Engine;
using ProspectOps.LocalRuntime.Durable.Hub;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>Several engines on one hub, each as a process of its own would be.</summary>
public sealed class SharedHubTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private readonly string _hub = $"H{Guid.NewGuid():N}";

    [Fact]
    public async Task Partitions_are_balanced_over_processes_and_given_back_by_one_that_stops()
    {
        await using var first = Join(out var firsts);
        await first.Engine.Ready.WaitAsync(Patience.Usual);
        Assert.Equal(4, Owned(firsts));

        var second = Join(out var seconds);
        await Eventually.TrueAsync(() => Owned(firsts) == 2 && Owned(seconds) == 2);
        await second.Engine.StopAsync(CancellationToken.None);

        await Eventually.TrueAsync(() => Owned(firsts) == 4);
    }

    [Fact]
    public async Task What_a_client_asks_of_another_process_reaches_it()
    {
        await using var first = Join(out var firsts);
        await using var second = Join(out var seconds);
        await Eventually.TrueAsync(() => Owned(firsts) == 2 && Owned(seconds) == 2);
        foreach (var (owner, caller, id) in new[] { (first, second, "a"), (second, first, "b") })
        {
            await owner.Client.ScheduleNewOrchestrationInstanceAsync("echo", null, new StartOrchestrationOptions(id));
            Assert.NotNull(owner.Engine.FindLive(id));
            Assert.Null(caller.Engine.FindLive(id));

            await Assert.ThrowsAsync<DurableClientException>(() =>
                caller.Client.ScheduleNewOrchestrationInstanceAsync("echo", null, new StartOrchestrationOptions(id)));
            await caller.Client.SuspendInstanceAsync(id);
            await caller.UntilAsync(id, state => state.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);
            await caller.Client.RaiseEventAsync(id, "word", "hello");
            await caller.Client.ResumeInstanceAsync(id);

            Assert.Equal("hello", (await caller.EndOfAsync(id)).ReadOutputAs<string>());
            await owner.Client.ScheduleNewOrchestrationInstanceAsync("echo", null, new StartOrchestrationOptions(id));
            await caller.Client.TerminateInstanceAsync(id, "enough");
            Assert.Equal("enough", (await owner.EndOfAsync(id)).ReadOutputAs<string>());
            Assert.Equal(1, (await caller.Client.PurgeInstanceAsync(id)).PurgedInstanceCount);
        }
    }

    [Fact]
    public async Task A_process_without_partitions_starts_what_others_run()
    {
        var options = new DurableOptions { PartitionCount = 1 };
        await using var first = Join(out var firsts, options: options);
        await first.Engine.Ready.WaitAsync(Patience.Usual);
        await using var second = Join(out var seconds, options: options);
        await second.Engine.Ready.WaitAsync(Patience.Usual);
        Assert.True(firsts.Owns(0) && !seconds.Owns(0));
        var (owner, other) = (first, second);

        await other.Client.ScheduleNewOrchestrationInstanceAsync("step", null, new StartOrchestrationOptions("s"));

        Assert.Equal(1, (await other.EndOfAsync("s")).ReadOutputAs<int>());
        Assert.Equal(["one"], owner.Ran);
        Assert.Empty(other.Ran);
    }

    [Fact]
    public async Task One_that_died_without_proof_is_replaced_when_its_time_is_over()
    {
        var folder = Directory.CreateTempSubdirectory("prospectops-locks-");
        await using (var first = Join(out _, time: new FastTime(20), options: new DurableOptions { LockFolder = folder.FullName }))
        {
            await first.Client.ScheduleNewOrchestrationInstanceAsync("echo", null, new StartOrchestrationOptions("e"));
            await first.Client.WaitForInstanceStartAsync("e");
        }
        // What was on a machine that is gone proves nothing.
        folder.Delete(recursive: true);

        await using var second = Join(out var seconds, time: new FastTime(20));
        await Eventually.TrueAsync(() => Owned(seconds) == 4);
        await second.Client.RaiseEventAsync("e", "word", "still");

        Assert.Equal("still", (await second.EndOfAsync("e")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task One_that_was_asleep_and_does_not_know_that_it_was_replaced_changes_nothing()
    {
        var gate = new TaskCompletionSource<int>();
        // Its clock stands still: it never says again that it lives.
        await using var asleep = Join(out _, time: new FastTime(0), activity: () => gate.Task);
        await asleep.Client.ScheduleNewOrchestrationInstanceAsync("step", null, new StartOrchestrationOptions("s"));
        await Eventually.TrueAsync(() => !asleep.Ran.IsEmpty);

        await using var awake = Join(out var owned, time: new FastTime(20));
        await Eventually.TrueAsync(() => Owned(owned) == 4);
        Assert.Equal(1, (await awake.EndOfAsync("s")).ReadOutputAs<int>());
        gate.SetResult(99);
        await Eventually.TrueAsync(() => asleep.Engine.FindLive("s") is null);

        Assert.Equal(1, (await awake.StateOfAsync("s")).ReadOutputAs<int>());
    }

    private static int Owned(IHubPartitions partitions) => Enumerable.Range(0, 4).Count(partitions.Owns);

    private DurableWorld Join(out LeasedPartitions partitions, TimeProvider? time = null, DurableOptions? options = null, Func<Task<int>>? activity = null)
    {
        options ??= new DurableOptions();
        time ??= TimeProvider.System;
        partitions = new LeasedPartitions(new HubTable(new TableClient(azurite.ConnectionString, $"{_hub}Instances")), options, time, NullLogger.Instance);
        return new DurableWorld(TablesDurableTests.NewStore(azurite.ConnectionString, null, _hub), options, time: time, partitions: partitions)
            .Orchestrator("echo", async context => await context.WaitForExternalEvent<string>("word"))
            .Orchestrator("step", async context => await context.CallActivityAsync<int>("one"))
            .ActivityAsync<object, int>("one", _ => activity?.Invoke() ?? Task.FromResult(1))
            .Start();
    }
}
