using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Durable.Engine;
using ProspectOps.LocalRuntime.Durable.Storage;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Durable;

public sealed class TimerQueueTests
{
    [Fact]
    public async Task All_timers_of_an_instance_can_be_forgotten_while_its_episode_changes_what_is_open()
    {
        var instance = new LiveInstance(
            new InstanceHeader
            {
                InstanceId = "i",
                Name = "i",
                Ordinal = 1,
                Status = OrchestrationRuntimeStatus.Running,
                CreatedAt = default,
                UpdatedAt = default,
            },
            new StoredPosition { ETag = default, Ordinal = 1 });
        var fired = new TaskCompletionSource<int>();
        using var timers = new TimerQueue(TimeProvider.System, (_, _, id) => fired.TrySetResult(id));
        timers.Add(instance, 1, 1, DateTime.UtcNow.AddMilliseconds(200));

        // The episode has taken it for fired: what is open is the episode's matter, on another thread.
        instance.Open.Clear();
        timers.RemoveAll(instance);
        timers.Add(instance, 1, 2, DateTime.UtcNow.AddMilliseconds(300));

        Assert.Equal(2, await fired.Task.WaitAsync(Patience.Usual));
    }
}
