using ProspectOps.Validation.Smtp;

namespace ProspectOps.Tests.Validation.Smtp;

public sealed class SessionTurnsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Single_check_goes_before_lists_and_lists_have_every_fourth_turn()
    {
        var turns = new SessionTurns(1);
        await turns.WaitAsync(ProbePriority.Batch, Token);
        var order = new List<string>();
        var waiting = new List<Task>();
        for (var i = 0; i < 3; i++)
            waiting.Add(NoteAsync(turns, ProbePriority.Batch, $"l{i}", order));
        for (var i = 0; i < 5; i++)
            waiting.Add(NoteAsync(turns, ProbePriority.Interactive, $"s{i}", order));

        turns.Release();
        await Task.WhenAll(waiting);

        Assert.Equal(["s0", "s1", "s2", "l0", "s3", "s4", "l1", "l2"], order);
    }

    [Fact]
    public async Task Who_gave_up_waiting_has_no_turn_and_takes_none_with_him()
    {
        var turns = new SessionTurns(1);
        await turns.WaitAsync(ProbePriority.Batch, Token);
        using var impatient = new CancellationTokenSource();
        var gone = turns.WaitAsync(ProbePriority.Interactive, impatient.Token);
        var next = turns.WaitAsync(ProbePriority.Batch, Token);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.False(next.IsCompleted);
        turns.Release();
        await next;

        turns.Release();
        await turns.WaitAsync(ProbePriority.Interactive, Token);
        Assert.False(turns.WaitAsync(ProbePriority.Interactive, Token).IsCompleted);
    }

    [Fact]
    public async Task Never_more_have_a_turn_than_there_are()
    {
        var turns = new SessionTurns(3);
        var (now, most) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => Task.Run(async () =>
        {
            await turns.WaitAsync(i % 3 == 0 ? ProbePriority.Interactive : ProbePriority.Batch, Token);
            most = Math.Max(most, Interlocked.Increment(ref now));
            await Task.Yield();
            Interlocked.Decrement(ref now);
            turns.Release();
        }, Token)));

        Assert.InRange(most, 1, 3);
        Assert.Equal(0, now);
    }

    private static async Task NoteAsync(SessionTurns turns, ProbePriority priority, string name, List<string> order)
    {
        await turns.WaitAsync(priority, Token);
        // One at a time: there is one turn.
        order.Add(name);
        turns.Release();
    }
}
