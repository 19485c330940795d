namespace ProspectOps.Validation.Smtp;

/// <summary>The sessions with one mail server: how many at a time, how many mailboxes a minute, and when it wants to be left alone.</summary>
/// <remarks>Thread-safe. A server that says 421, 450 or 451 to everything is asked less: each such answer doubles the pause, to five
/// minutes at most, and halves the pace; each transaction that works brings a tenth of the pace back.</remarks>
internal sealed class HostSessions(string host, MailConnector connector, SmtpOptions options, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turns = new(options.SessionsPerHost, options.SessionsPerHost);
    private readonly Stack<(SmtpSession Session, DateTimeOffset Since)> _idle = new();
    private double _pace = 1;
    private double _credit = options.RecipientsPerMinute / 60.0 + options.RecipientsPerTransaction;
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

    /// <summary>Waits for a turn, and for the pace, and gives a session that is ready for so many mailboxes.</summary>
    /// <exception cref="SmtpFailureException">The server does not want us, cannot be reached, or its pause outlasts our patience.</exception>
    public async Task<SmtpSession> TakeAsync(int recipients, TimeSpan patience, CancellationToken cancellationToken)
    {
        Enter();
        try
        {
            await _turns.WaitAsync(cancellationToken);
        }
        catch
        {
            Leave();
            throw;
        }
        try
        {
            var wait = Reserve(recipients);
            if (wait > patience)
            {
                Refund(recipients);
                throw new SmtpFailureException(MailboxState.PutOff, "The mail server asked to be left alone for longer than this check may wait.");
            }
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellationToken);
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
            _turns.Release();
            Leave();
            throw;
        }
    }

    /// <summary>Gives back a session after a transaction that worked.</summary>
    public async Task ReturnAsync(SmtpSession session, bool mayStay)
    {
        lock (_gate)
        {
            _pace = Math.Min(1, _pace + 0.1);
            _pause = TimeSpan.Zero;
            mayStay &= session.Asked < _mostPerSession;
            if (mayStay)
                _idle.Push((session, time.GetUtcNow()));
        }
        if (!mayStay)
            await session.DisposeAsync();
        _turns.Release();
        Leave();
    }

    /// <summary>Ends a session that failed.</summary>
    public async Task DropAsync(SmtpSession session, SmtpFailureException failure)
    {
        if (failure.Reply is { Closes: true } && session.Asked > 1)
        {
            lock (_gate)
                _mostPerSession = Math.Max(1, Math.Min(_mostPerSession, session.Asked / 2));
        }
        await session.AbandonAsync();
        _turns.Release();
        Leave();
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

    private void Leave()
    {
        lock (_gate)
        {
            _users--;
            _lastUsed = time.GetUtcNow();
        }
    }

    private void Refund(int recipients)
    {
        lock (_gate)
            _credit += recipients;
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
    /// <returns>How long to wait before asking.</returns>
    private TimeSpan Reserve(int recipients)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var perSecond = options.RecipientsPerMinute / 60.0 * _pace;
            var most = perSecond + options.RecipientsPerTransaction;
            _credit = Math.Min(most, _credit + (now - _creditAt).TotalSeconds * perSecond) - recipients;
            _creditAt = now;
            var forPace = _credit >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_credit / perSecond);
            var forPause = _pausedUntil > now ? _pausedUntil - now : TimeSpan.Zero;
            return forPace > forPause ? forPace : forPause;
        }
    }
}
