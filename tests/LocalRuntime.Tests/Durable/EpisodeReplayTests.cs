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
