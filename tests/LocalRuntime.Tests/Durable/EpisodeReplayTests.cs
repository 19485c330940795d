using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;
using ProspectOps.LocalRuntime.Durable.History;
using ProspectOps.LocalRuntime.Durable.Replay;

namespace ProspectOps.LocalRuntime.Tests.Durable;

public sealed class EpisodeReplayTests
{
    private static readonly DateTime Then = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void The_first_episode_decides_and_waits()
    {
        var outcome = Replay(async context => await context.CallActivityAsync<int>("a"), [], [new EpisodeStarted(Then), new ExecutionStarted()]);

        Assert.Equal([new TaskScheduled(0, "a")], outcome.Actions);
        Assert.Null(outcome.End);
    }

    [Fact]
    public void A_result_lets_the_code_go_on()
    {
        var outcome = Replay(
            async context => await context.CallActivityAsync<int>("a") + await context.CallActivityAsync<int>("b"),
            [new EpisodeStarted(Then), new ExecutionStarted(), new TaskScheduled(0, "A"), new EpisodeStarted(Then), new TaskCompleted(0) { Payload = "1" }, new TaskScheduled(1, "b")],
            [new EpisodeStarted(Then), new TaskCompleted(1) { Payload = "2" }]);

        Assert.Equal(new ExecutionCompleted("3"), outcome.End);
        Assert.Empty(outcome.Actions);
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("missing")]
    [InlineData("kind")]
    [InlineData("extra")]
    public void S34_code_that_does_not_do_what_history_says_fails_the_instance(string difference)
    {
        var outcome = Replay(
            async context =>
            {
                var first = difference switch
                {
                    "changed" => context.CallActivityAsync("other"),
                    "missing" => context.WaitForExternalEvent<int>("x"),
                    "kind" => context.CreateTimer(Then, CancellationToken.None),
                    _ => Task.WhenAll(context.CallActivityAsync("a"), context.CallActivityAsync("a")),
                };
                await first;
                return null;
            },
            [new EpisodeStarted(Then), new ExecutionStarted(), new TaskScheduled(0, "a")],
            [new EpisodeStarted(Then), new TaskCompleted(0)]);

        var failed = Assert.IsType<ExecutionFailed>(outcome.End);
        Assert.Equal(NonDeterminismException.OfficialType, failed.Failure.ErrorType);
    }

    [Fact]
    public void A_completion_that_comes_twice_counts_once()
    {
        var outcome = Replay(
            async context => await context.CallActivityAsync<int>("a"),
            [new EpisodeStarted(Then), new ExecutionStarted(), new TaskScheduled(0, "a")],
            [new EpisodeStarted(Then), new TaskCompleted(0) { Payload = "1" }, new TaskCompleted(0) { Payload = "2" }]);

        Assert.Equal(new ExecutionCompleted("1"), outcome.End);
    }

    [Fact]
    public void An_execution_that_is_suspended_starts_over_when_it_is_resumed_and_takes_along_what_came_meanwhile()
    {
        static async Task<object?> Code(TaskOrchestrationContext context)
        {
            await context.CallActivityAsync("a");
            context.ContinueAsNew(1);
            return null;
        }
        HistoryEvent[] past = [new EpisodeStarted(Then), new ExecutionStarted(), new TaskScheduled(0, "a")];
        HistoryEvent[] step = [new EpisodeStarted(Then), new TaskCompleted(0), new ExecutionSuspended("wait"), new EventRaised("word", null) { Payload = "1" }];

        var suspended = Replay(Code, past, step);
        var resumed = Replay(Code, [.. past, .. step], [new EpisodeStarted(Then), new ExecutionResumed("go")]);

        Assert.Null(suspended.End);
        Assert.True(suspended.IsSuspended);
        var continued = Assert.IsType<ExecutionContinued>(resumed.End);
        Assert.Equal("word", Assert.Single(continued.Carried).Name);
    }

    [Fact]
    public void A_timer_beyond_three_days_goes_in_hops()
    {
        var outcome = Replay(
            async context =>
            {
                await context.CreateTimer(TimeSpan.FromDays(7), CancellationToken.None);
                return null;
            },
            [new EpisodeStarted(Then), new ExecutionStarted(), new TimerScheduled(0, Then.AddDays(3))],
            [new EpisodeStarted(Then.AddDays(3)), new TimerFired(0)]);

        Assert.Equal([new TimerScheduled(1, Then.AddDays(6))], outcome.Actions);
    }

    [Fact]
    public void A_waiter_of_another_type_is_refused()
    {
        var outcome = Replay(
            context =>
            {
                _ = context.WaitForExternalEvent<int>("x");
                var second = context.WaitForExternalEvent<string>("X");
                return Task.FromException<object?>(second.Exception!.InnerException!);
            },
            [],
            [new EpisodeStarted(Then), new ExecutionStarted()]);

        Assert.Equal(typeof(ArgumentException).FullName, Assert.IsType<ExecutionFailed>(outcome.End).Failure.ErrorType);
    }

    [Fact]
    public void A_wait_that_was_given_up_takes_the_next_event_with_it()
    {
        var outcome = Replay(
            async context =>
            {
                await Assert.ThrowsAsync<TaskCanceledException>(() => context.WaitForExternalEvent<int>("x", TimeSpan.FromSeconds(1)));
                await context.CallActivityAsync("look");
                return await context.WaitForExternalEvent<int>("x");
            },
            [new EpisodeStarted(Then), new ExecutionStarted(), new TimerScheduled(0, Then), new EpisodeStarted(Then), new TimerFired(0), new TaskScheduled(1, "look")],
            [new EpisodeStarted(Then), new EventRaised("x", null) { Payload = "1" }, new TaskCompleted(1), new EventRaised("x", null) { Payload = "2" }]);

        Assert.Equal(new ExecutionCompleted("2"), outcome.End);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_comes_after_continue_as_new_is_for_the_next_execution(bool keepsEvents)
    {
        var outcome = Replay(
            async context =>
            {
                _ = context.WaitForExternalEvent<int>("late");
                await context.WaitForExternalEvent<int>("go");
                context.ContinueAsNew(1, keepsEvents);
                return null;
            },
            [new EpisodeStarted(Then), new ExecutionStarted()],
            [new EpisodeStarted(Then), new EventRaised("early", null), new EventRaised("go", null) { Payload = "0" }, new EventRaised("late", null) { Payload = "1" }]);

        var continued = Assert.IsType<ExecutionContinued>(outcome.End);
        Assert.Equal(keepsEvents ? ["early", "late"] : ["late"], continued.Carried.Select(raised => raised.Name));
    }

    [Fact]
    public void What_the_code_puts_off_runs_on_its_thread()
    {
        var outcome = Replay(
            async context =>
            {
                await Task.Yield();
                return await context.CallActivityAsync<int>("a");
            },
            [],
            [new EpisodeStarted(Then), new ExecutionStarted()]);

        Assert.Equal([new TaskScheduled(0, "a")], outcome.Actions);
        Assert.Null(outcome.End);
    }

    [Fact]
    public void A_filter_that_throws_ends_the_retries_and_the_failure_stays_the_task_s()
    {
        var policy = new RetryPolicy(3, TimeSpan.FromSeconds(1)) { HandleFailure = _ => throw new InvalidOperationException("the filter's") };
        var outcome = Replay(
            async context => await context.CallActivityAsync<int>("a", TaskOptions.FromRetryPolicy(policy)),
            [new EpisodeStarted(Then), new ExecutionStarted(), new TaskScheduled(0, "a")],
            [new EpisodeStarted(Then), new TaskFailed(0, new FailureRecord("System.TimeoutException", "the task's"))]);

        Assert.Equal(typeof(TaskFailedException).FullName, Assert.IsType<ExecutionFailed>(outcome.End).Failure.ErrorType);
    }

    [Fact]
    public void Deterministic_guids_are_of_version_5_and_differ_by_counter()
    {
        var guid = DeterministicGuid.Create("i", Then, 0);

        Assert.Equal(5, guid.Version);
        Assert.Equal(guid, DeterministicGuid.Create("i", Then, 0));
        Assert.NotEqual(guid, DeterministicGuid.Create("i", Then, 1));
    }

    private static EpisodeOutcome Replay(Func<TaskOrchestrationContext, Task<object?>> code, HistoryEvent[] past, HistoryEvent[] added) =>
        new EpisodeReplay(new EpisodeInput
        {
            InstanceId = "i",
            Name = "o",
            Past = past,
            New = added,
            Code = code,
            Converter = DurableWorld.Converter,
            LoggerFactory = NullLoggerFactory.Instance,
        }).Run();
}
