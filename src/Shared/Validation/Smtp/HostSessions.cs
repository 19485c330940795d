namespace ProspectOps.Validation.Smtp;

/// <summary>The sessions with one mail server: how many at a time, how many mailboxes a minute, and when it wants to be left alone.</summary>
/// <remarks>Thread-safe. A server that says 421, 450 or 451 to everything is asked less: each such answer doubles the pause, to five
/// minutes at most, and halves the pace; each transaction that works brings a tenth of the pace back. A single check goes before lists:
/// it has the next session, and does not wait for the mailboxes that lists have set aside, up to half of the pace (ADR 0041).</remarks>
internal sealed class HostSessions(string host, MailConnector connector, SmtpOptions options, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    // Lists wait here for the pace, so that no session waits with them.
    private readonly SemaphoreSlim _lists = new(options.SessionsPerHost, options.SessionsPerHost);
    private readonly SessionTurns _turns = new(options.SessionsPerHost);
    private readonly Stack<(SmtpSession Session, DateTimeOffset Since)> _idle = new();
    private double _pace = 1;
    private double _credit = options.RecipientsPerMinute / 60.0 + options.RecipientsPerTransaction;
    private double _singlesCredit = options.RecipientsPerTransaction;
    private DateTimeOffset _creditAt = time.GetUtcNow();
    private DateTimeOffset _pausedUntil;
    private TimeSpan _pause;
    private DateTimeOffset _lastUsed = time.GetUtcNow();
    private int _users;
    // Learnt where a server says 421 after so many.
    private int _mostPerSession = options.RecipientsPerSession;

    /// <summary>Whether nobody has used it for so long.</summary>
    public bool IsUnused(TimeSpan since)
    {
        lock (_gate)
            return _users == 0 && time.GetUtcNow() - _lastUsed > since;
    }

    /// <summary>Waits for the pace, and for a turn, and gives a session that is ready for so many mailboxes.</summary>
    /// <exception cref="SmtpFailureException">The server does not want us, cannot be reached, or its pause outlasts our patience.</exception>
    /// <param name="patience">Runs out so long after a turn is had: a large list may wait for its turns as long as it takes.</param>
    public async Task<SmtpSession> TakeAsync(int recipients, ProbePriority priority, CancellationTokenSource patience, CancellationToken cancellationToken)
    {
        Enter();
        var (hasPlace, hasTurn) = (false, false);
        try
        {
            patience.CancelAfter(Timeout.InfiniteTimeSpan);
            if (priority == ProbePriority.Batch)
            {
                await _lists.WaitAsync(cancellationToken);
                hasPlace = true;
            }
            var left = await PassAsync(Reserve(recipients, priority), TimeSpan.FromSeconds(options.PatienceSeconds), recipients, priority, cancellationToken);
            await _turns.WaitAsync(priority, cancellationToken);
            hasTurn = true;
            // Whoever had the turn before may have been told to stay away.
            patience.CancelAfter(await PassAsync(PauseLeft(), left, recipients, priority, cancellationToken));
            while (TryTakeIdle(recipients, out var session, out var isFresh))
            {
                if (isFresh || await session.IsAliveAsync(cancellationToken))
                    return session;
                await session.AbandonAsync();
            }
            return await SmtpSession.OpenAsync(token => connector.ConnectAsync(host, token), options, time, cancellationToken);
        }
        catch
        {
            if (hasTurn)
                _turns.Release();
            if (hasPlace)
                _lists.Release();
            Leave();
            throw;
        }
    }

    /// <summary>Gives back a session after a transaction.</summary>
    /// <param name="isWelcome">Whether the server did not put us off.</param>
    public async Task ReturnAsync(SmtpSession session, ProbePriority priority, bool isWelcome)
    {
        bool mayStay;
        lock (_gate)
        {
            if (isWelcome)
                (_pace, _pause) = (Math.Min(1, _pace + 0.1), TimeSpan.Zero);
            mayStay = session.Asked < _mostPerSession;
            if (mayStay)
                _idle.Push((session, time.GetUtcNow()));
        }
        if (!mayStay)
            await session.DisposeAsync();
        GiveBack(priority);
    }

    /// <summary>Ends a session that failed.</summary>
    public async Task DropAsync(SmtpSession session, ProbePriority priority, SmtpFailureException failure)
    {
        if (failure.Reply is { Closes: true } && session.Asked > 1)
        {
            lock (_gate)
                _mostPerSession = Math.Max(1, Math.Min(_mostPerSession, session.Asked / 2));
        }
        await session.AbandonAsync();
        GiveBack(priority);
    }

    /// <summary>Leaves the server alone for a while, twice as long as the last time.</summary>
    public void BackOff()
    {
        lock (_gate)
        {
            _pause = _pause == TimeSpan.Zero ? FirstPause : _pause * 2 > LongestPause ? LongestPause : _pause * 2;
            _pausedUntil = time.GetUtcNow() + _pause;
            _pace = Math.Max(0.05, _pace / 2);
        }
    }

    /// <summary>Closes sessions that were idle for too long.</summary>
    public async Task TrimAsync()
    {
        var old = new List<SmtpSession>();
        lock (_gate)
        {
            var kept = _idle.Where(one => !IsOld(one.Since)).Reverse().ToArray();
            old.AddRange(_idle.Where(one => IsOld(one.Since)).Select(one => one.Session));
            _idle.Clear();
            foreach (var one in kept)
                _idle.Push(one);
        }
        foreach (var session in old)
            await session.DisposeAsync();
    }

    // The turns hold nothing that needs giving back, and somebody may still be waiting for one.
    public async ValueTask DisposeAsync()
    {
        while (TryTakeIdle(1, out var session, out _))
            await session.DisposeAsync();
    }

    public void Abandon()
    {
        while (TryTakeIdle(1, out var session, out _))
            session.Abandon();
    }

    private void Enter()
    {
        lock (_gate)
            _users++;
    }

    private void GiveBack(ProbePriority priority)
    {
        _turns.Release();
        if (priority == ProbePriority.Batch)
            _lists.Release();
        Leave();
    }

    private void Leave()
    {
        lock (_gate)
        {
            _users--;
            _lastUsed = time.GetUtcNow();
        }
    }

    private void Refund(int recipients, ProbePriority priority)
    {
        lock (_gate)
        {
            _credit += recipients;
            if (priority == ProbePriority.Interactive)
                _singlesCredit += recipients;
        }
    }

    /// <summary>Waits for the mail server.</summary>
    /// <returns>What is left of the patience.</returns>
    /// <exception cref="SmtpFailureException">It does not last so long.</exception>
    private async Task<TimeSpan> PassAsync(TimeSpan wait, TimeSpan patience, int recipients, ProbePriority priority, CancellationToken cancellationToken)
    {
        if (wait > patience)
        {
            Refund(recipients, priority);
            throw new SmtpFailureException(MailboxState.PutOff, "The mail server asked to be left alone for longer than this check may wait.");
        }
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, cancellationToken);
        return patience - wait;
    }

    private TimeSpan PauseLeft()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            return _pausedUntil > now ? _pausedUntil - now : TimeSpan.Zero;
        }
    }

    private bool IsOld(DateTimeOffset since) => time.GetUtcNow() - since > TimeSpan.FromSeconds(options.IdleSeconds);

    private bool TryTakeIdle(int recipients, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SmtpSession? session, out bool isFresh)
    {
        lock (_gate)
        {
            var found = _idle.TryPop(out var one);
            session = one.Session;
            // One that was just used needs no asking whether it is still there, and neither does one that would be over its number anyway.
            isFresh = found && time.GetUtcNow() - one.Since < TimeSpan.FromSeconds(2) && recipients > 0;
            return found;
        }
    }

    /// <summary>Takes so many mailboxes out of the minute's allowance: a token bucket that may go below nothing.</summary>
    /// <remarks>What a single check takes, the lists after it wait for. It itself waits for the shorter of what all have taken, and what single checks have, at half the pace.</remarks>
    /// <returns>How long to wait before asking.</returns>
    private TimeSpan Reserve(int recipients, ProbePriority priority)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var perSecond = options.RecipientsPerMinute / 60.0 * _pace;
            var passed = (now - _creditAt).TotalSeconds;
            _creditAt = now;
            _credit = Math.Min(perSecond + options.RecipientsPerTransaction, _credit + passed * perSecond) - recipients;
            _singlesCredit = Math.Min(options.RecipientsPerTransaction, _singlesCredit + passed * perSecond / 2);
            var seconds = Math.Max(0, -_credit / perSecond);
            if (priority == ProbePriority.Interactive)
            {
                _singlesCredit -= recipients;
                seconds = Math.Min(seconds, Math.Max(0, -_singlesCredit / (perSecond / 2)));
            }
            var forPace = TimeSpan.FromSeconds(seconds);
            var forPause = PauseLeft();
            return forPace > forPause ? forPace : forPause;
        }
    }
}
