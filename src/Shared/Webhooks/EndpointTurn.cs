namespace ProspectOps.Webhooks;

/// <summary>What one endpoint takes of this process now.</summary>
public sealed class EndpointTurn(int requests, TimeProvider clock) : IDisposable
{
    // Of one that has not answered yet, of one that answers, of one that is slow.
    private const int BatchesAtFirst = 2;
    private const int BatchesWhenQuick = 8;
    private const int BatchesWhenSlow = 1;

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SlowFor = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan SlowBatch = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan QuickBatch = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _requests = new(requests, requests);
    private int _batches;
    private int _underWay;
    private bool _hasBeenQuick;
    private DateTimeOffset _lastProgress = clock.GetUtcNow();
    private DateTimeOffset _slowUntil;
    private DateTimeOffset _nextTurn;
    private DateTimeOffset _nextRequest;

    /// <summary>Whether it lets us wait: its requests took seconds, or take them now.</summary>
    public bool IsSlow
    {
        get
        {
            lock (_gate)
                return IsSlowAt(clock.GetUtcNow());
        }
    }

    public void Dispose() => _requests.Dispose();

    internal bool TryEnter()
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (_batches >= (IsSlowAt(now) ? BatchesWhenSlow : _hasBeenQuick ? BatchesWhenQuick : BatchesAtFirst))
                return false;
            _batches++;
            _lastProgress = now;
            return true;
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            _batches--;
            _lastProgress = clock.GetUtcNow();
        }
    }

    /// <summary>When a batch that may not come in should come again: one behind the other.</summary>
    internal TimeSpan Reserve()
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            var each = IsSlowAt(now) ? SlowBatch : QuickBatch;
            _nextTurn = _nextTurn > now ? _nextTurn + each : now + each;
            if (_nextTurn > now + LongestWait)
                _nextTurn = now + LongestWait;
            return _nextTurn - now;
        }
    }

    /// <summary>How long to wait for the next request that the endpoint's rate allows; it is taken with that.</summary>
    /// <returns>Null where that is longer than <paramref name="longest"/>, and nothing is taken; <paramref name="wait"/> says how long.</returns>
    internal bool TryTakeRate(double? perSecond, TimeSpan longest, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (perSecond is not { } rate)
            return true;
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            // What was not used within the last second may be used now.
            var burst = TimeSpan.FromSeconds(Math.Max(0, 1 - 1 / rate));
            // Nobody takes one further ahead: the clock was put back.
            if (_nextRequest > now + longest + TimeSpan.FromSeconds(1 / rate))
                _nextRequest = now;
            var at = _nextRequest > now - burst ? _nextRequest : now - burst;
            wait = at > now ? at - now : TimeSpan.Zero;
            if (wait > longest)
                return false;
            _nextRequest = at + TimeSpan.FromSeconds(1 / rate);
            return true;
        }
    }

    /// <summary>Makes a request, once one may be made.</summary>
    internal async Task<AttemptResult> RequestAsync(Func<CancellationToken, Task<AttemptResult>> request, CancellationToken cancellationToken)
    {
        await _requests.WaitAsync(cancellationToken);
        lock (_gate)
        {
            if (_underWay++ == 0)
                _lastProgress = clock.GetUtcNow();
        }
        try
        {
            var result = await request(cancellationToken);
            Note(result);
            return result;
        }
        finally
        {
            lock (_gate)
                _underWay--;
            _requests.Release();
        }
    }

    internal bool IsIdleFor(TimeSpan time)
    {
        lock (_gate)
            return _batches == 0 && clock.GetUtcNow() - _lastProgress > time && clock.GetUtcNow() > _nextRequest;
    }

    private void Note(AttemptResult result)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            _lastProgress = now;
            if (result.LatencyMs >= Slow.TotalMilliseconds)
                _slowUntil = now + SlowFor;
            else if (result.Status is not null)
                (_slowUntil, _hasBeenQuick) = (default, true);
        }
    }

    private bool IsSlowAt(DateTimeOffset now) => now < _slowUntil || (_underWay > 0 && now - _lastProgress > Slow);
}
