using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Durable.Storage;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>A message comes at the very moment at which an instance goes from one process to another.</summary>
public sealed class HandoverTests
{
    private readonly InMemoryInstanceStore _store = new();

    [Fact]
    public async Task A_message_that_is_written_while_the_instance_is_taken_over_reaches_it()
    {
        var (world, takeover) = await BeginTakeoverAsync();
        await using var after = world;
        await WriteAsync("hello");
        var look = after.Engine.LookAtAsync("e", CancellationToken.None);
        takeover.SetResult();

        Assert.True(await look.WaitAsync(Patience.Usual));
        Assert.Equal("hello", (await after.EndOfAsync("e")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_takeover_does_not_bring_an_instance_back_that_has_ended_since_it_was_read()
    {
        var (world, takeover) = await BeginTakeoverAsync();
        await using var after = world;
        await WriteAsync("hello");

        var look = after.Engine.LookAtAsync("e", CancellationToken.None);
        // Time enough for whoever does not wait for the takeover.
        for (var waited = 0; waited < 50 && (await _store.LoadAsync("e", CancellationToken.None))!.Header.Status == OrchestrationRuntimeStatus.Running; waited++)
            await Task.Delay(10);
        takeover.SetResult();

        await look.WaitAsync(Patience.Usual);
        Assert.Equal("hello", (await after.EndOfAsync("e")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task What_is_under_way_is_begun_once_where_an_instance_comes_back_with_messages()
    {
        await using (var before = NewWorld(_store).Start())
        {
            await before.Client.ScheduleNewOrchestrationInstanceAsync("work", null, new StartOrchestrationOptions("e"));
            await before.Client.WaitForInstanceStartAsync("e");
        }
        await WriteAsync("one");
        await WriteAsync("two");
        var (ran, gate) = (new SemaphoreSlim(0), new TaskCompletionSource());
        await using var after = NewWorld(InterceptedStore.Create(_store, (_, stored) => Task.FromResult(stored is null
            ? null
            // Time enough for a step that does not wait until all is resumed.
            : stored with { Inbox = new Slowly<InboxMessage>(stored.Inbox, () => ran.Wait(TimeSpan.FromMilliseconds(300))) })))
            .ActivityAsync<object, int>("once", async _ =>
            {
                ran.Release();
                await gate.Task;
                return 1;
            }).Start();

        await after.Engine.Ready.WaitAsync(Patience.Usual);
        await ran.WaitAsync(TimeSpan.FromMilliseconds(300));
        gate.SetResult();

        Assert.Equal(1, (await after.EndOfAsync("e")).ReadOutputAs<int>());
        Assert.Single(after.Ran);
    }

    [Fact]
    public async Task An_instance_that_is_given_away_while_it_is_loaded_is_not_kept()
    {
        var (partitions, hasRead, isGiven) = (new HandedOver(), new TaskCompletionSource(), new TaskCompletionSource());
        await using var world = NewWorld(InterceptedStore.Create(_store, _ =>
        {
            hasRead.TrySetResult();
            return isGiven.Task;
        }), partitions).Start();
        await world.Engine.Ready.WaitAsync(Patience.Usual);
        await using (var other = NewWorld(_store).Start())
        {
            await other.Client.ScheduleNewOrchestrationInstanceAsync("echo", null, new StartOrchestrationOptions("e"));
            await other.Client.WaitForInstanceStartAsync("e");
        }

        var raise = world.Client.RaiseEventAsync("e", "word", "hello");
        await hasRead.Task.WaitAsync(Patience.Usual);
        partitions.IsOurs = false;
        world.Engine.Drop();
        isGiven.SetResult();
        await raise.WaitAsync(Patience.Usual);

        Assert.Null(world.Engine.FindLive("e"));
        Assert.Equal(["e"], partitions.Told);
    }

    [Fact]
    public async Task An_instance_that_is_loaded_before_its_partition_is_taken_can_no_longer_be_changed_by_the_previous_owner()
    {
        await using (var before = NewWorld(_store).Start())
        {
            await before.Client.ScheduleNewOrchestrationInstanceAsync("echo", null, new StartOrchestrationOptions("e"));
            await before.Client.WaitForInstanceStartAsync("e");
        }
        var known = (await _store.LoadAsync("e", CancellationToken.None))!;
        var partitions = new HandedOver { IsOurs = false, HasTaken = false };
        await using var after = NewWorld(_store, partitions).Start();
        await after.Engine.Ready.WaitAsync(Patience.Usual);
        partitions.IsOurs = true;

        Assert.True(await after.Engine.LookAtAsync("e", CancellationToken.None));

        await Assert.ThrowsAsync<OwnershipLostException>(() => _store.FenceAsync(known, CancellationToken.None));
    }

    [Fact]
    public async Task The_new_owner_is_told_of_messages_that_the_old_one_has_taken_and_not_looked_at()
    {
        var partitions = new HandedOver();
        await using var world = NewWorld(_store, partitions).Start();
        foreach (var id in new[] { "with", "without" })
            await world.Client.ScheduleNewOrchestrationInstanceAsync("echo", null, new StartOrchestrationOptions(id, DateTimeOffset.UtcNow.AddHours(1)));
        await world.Client.RaiseEventAsync("with", "word", "hello");

        partitions.IsOurs = false;
        world.Engine.Drop();

        Assert.Equal(["with"], partitions.Told);
        Assert.Null(world.Engine.FindLive("with"));
        Assert.Null(world.Engine.FindLive("without"));
    }

    [Fact]
    public async Task The_new_owner_is_told_of_messages_whose_step_the_old_one_could_not_record()
    {
        var partitions = new HandedOver();
        await using var world = NewWorld(_store, partitions).Start();
        await world.Client.ScheduleNewOrchestrationInstanceAsync("echo", null, new StartOrchestrationOptions("e"));
        await world.Client.WaitForInstanceStartAsync("e");
        await _store.FenceAsync((await _store.LoadAsync("e", CancellationToken.None))!, CancellationToken.None);
        partitions.IsOurs = false;

        await world.Client.RaiseEventAsync("e", "word", "hello");

        using var patience = new CancellationTokenSource(Patience.Usual);
        while (partitions.Told.IsEmpty)
            await Task.Delay(10, patience.Token);
        Assert.Equal(["e"], partitions.Told);
        Assert.Single(await _store.ReadInboxAsync("e", CancellationToken.None));
    }

    /// <returns>A process that has read the instance <c>e</c> of one that died, and takes it when it is let.</returns>
    private async Task<(DurableWorld World, TaskCompletionSource Takeover)> BeginTakeoverAsync()
    {
        await using (var before = NewWorld(_store).Start())
        {
            await before.Client.ScheduleNewOrchestrationInstanceAsync("echo", null, new StartOrchestrationOptions("e"));
            await before.Client.WaitForInstanceStartAsync("e");
        }
        var (takeover, hasRead) = (new TaskCompletionSource(), new TaskCompletionSource());
        var world = NewWorld(InterceptedStore.Create(_store, number =>
        {
            hasRead.TrySetResult();
            return number == 1 ? takeover.Task : Task.CompletedTask;
        })).Start();
        await hasRead.Task.WaitAsync(Patience.Usual);
        return (world, takeover);
    }

    private static DurableWorld NewWorld(IInstanceStore store, HandedOver? partitions = null) =>
        new DurableWorld(store, partitions: partitions)
            .Orchestrator("echo", async context => await context.WaitForExternalEvent<string>("word"))
            .Orchestrator("work", async context =>
            {
                await context.WaitForExternalEvent<string>("word");
                return await context.CallActivityAsync<int>("once");
            });

    private Task WriteAsync(string word) => _store.AddMessageAsync(
        "e", new InboxMessage(MessageKeys.Arrived(DateTimeOffset.UtcNow, 1), InboxKind.Event, "word", $"\"{word}\"", null), CancellationToken.None);
}
