using Microsoft.Extensions.Logging.Abstractions;
using ProspectOps.Validation.Jobs;

namespace ProspectOps.Tests.Validation.Jobs;

public sealed class LeaseTests
{
    [Fact]
    public async Task Renewal_that_fails_is_tried_again_and_the_work_goes_on()
    {
        var (renewals, isRenewed) = (0, new TaskCompletionSource());
        var lease = new Lease<string>("held", (held, _) =>
        {
            if (++renewals == 1)
                throw new IOException("The store is away.");
            isRenewed.TrySetResult();
            return Task.FromResult<string?>($"{held} on");
        }, new QuickTimers(), NullLogger.Instance);

        var result = await lease.WhileAsync(async _ =>
        {
            await isRenewed.Task;
            return "done";
        }, default);

        Assert.Equal(("done", false), (result, lease.IsLost));
        Assert.StartsWith("held on", lease.Held, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_that_another_has_or_that_was_erased_is_stopped()
    {
        var lease = new Lease<string>("held", (_, _) => Task.FromResult<string?>(null), new QuickTimers(), NullLogger.Instance);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lease.WhileAsync<bool>(async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return true;
        }, default));

        Assert.True(lease.IsLost);
    }

    /// <summary>Time whose timers go off at once.</summary>
    private sealed class QuickTimers : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), period);
    }
}
