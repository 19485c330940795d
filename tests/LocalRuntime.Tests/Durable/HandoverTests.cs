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
        await using (var before = NewWorld(_store).Start())
        {
            await before.Client.ScheduleNewOrchestrationInstanceAsync("echo", null, new StartOrchestrationOptions("e"));
            await before.Client.WaitForInstanceStartAsync("e");
        }
        var (takeover, bell) = (new TaskCompletionSource(), new TaskCompletionSource());
        var (takeoverHasRead, bellHasRead) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var after = NewWorld(InterceptedStore.Create(_store, number =>
        {
            (number == 1 ? takeoverHasRead : bellHasRead).TrySetResult();
            return (number == 1 ? takeover : bell).Task;
        })).Start();

        await takeoverHasRead.Task.WaitAsync(Patience.Usual);
        await WriteAsync("hello");
        var look = after.Engine.LookAtAsync("e", CancellationToken.None);
        await bellHasRead.Task.WaitAsync(Patience.Usual);
        takeover.SetResult();
        await after.Engine.Ready.WaitAsync(Patience.Usual);
        Assert.NotNull(after.Engine.FindLive("e"));
        bell.SetResult();

        Assert.True(await look);
        Assert.Equal("hello", (await after.EndOfAsync("e")).ReadOutputAs<string>());
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

        await Eventually.TrueAsync(() => !partitions.Told.IsEmpty);
        Assert.Equal(["e"], partitions.Told);
        Assert.Single(await _store.ReadInboxAsync("e", CancellationToken.None));
    }

    private static DurableWorld NewWorld(IInstanceStore store, HandedOver? partitions = null) =>
        new DurableWorld(store, partitions: partitions).Orchestrator("echo", async context => await context.WaitForExternalEvent<string>("word"));

    private Task WriteAsync(string word) => _store.AddMessageAsync(
        "e", new InboxMessage(MessageKeys.Arrived(DateTimeOffset.UtcNow, 1), InboxKind.Event, "word", $"\"{word}\"", null), CancellationToken.None);
}
