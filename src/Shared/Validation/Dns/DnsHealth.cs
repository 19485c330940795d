namespace ProspectOps.Validation.Dns;

/// <summary>Knows whether name servers answer, and stops asking for a while when they do not.</summary>
/// <remarks>After so many questions in a row without an answer it pauses; then one question may try again, and the first answer
/// ends the pause. Thread-safe.</remarks>
public sealed class DnsHealth(int failuresToPause, TimeSpan pause, TimeProvider time)
{
    private readonly Lock _gate = new();
    private int _failuresInRow;
    private DateTimeOffset? _pausedUntil;
    private DateTimeOffset? _lastAnswerAt;

    /// <summary>When a name server last answered; null if none has yet.</summary>
    public DateTimeOffset? LastAnswerAt
    {
        get
        {
            lock (_gate)
                return _lastAnswerAt;
        }
    }

    /// <summary>Whether questions are held back at present.</summary>
    public bool IsPaused
    {
        get
        {
            lock (_gate)
                return _pausedUntil > time.GetUtcNow();
        }
    }

    /// <summary>Whether an answer came within the last pause: then a lost question tells of its own domain, not of DNS.</summary>
    public bool HasAnsweredLately
    {
        get
        {
            lock (_gate)
                return _lastAnswerAt > time.GetUtcNow() - pause;
        }
    }

    /// <summary>Whether a question may be asked now.</summary>
    internal bool MayAsk()
    {
        lock (_gate)
        {
            if (_pausedUntil is not { } until)
                return true;
            if (until > time.GetUtcNow())
                return false;
            // This one tries; the others wait for how it fares.
            _pausedUntil = time.GetUtcNow() + pause;
            return true;
        }
    }

    /// <returns>Whether this is what begins a pause.</returns>
    internal bool Report(bool isAnswered)
    {
        lock (_gate)
        {
            if (isAnswered)
            {
                _failuresInRow = 0;
                _pausedUntil = null;
                _lastAnswerAt = time.GetUtcNow();
                return false;
            }
            if (++_failuresInRow < failuresToPause)
                return false;
            var isNew = _pausedUntil is null;
            _pausedUntil = time.GetUtcNow() + pause;
            return isNew;
        }
    }
}
