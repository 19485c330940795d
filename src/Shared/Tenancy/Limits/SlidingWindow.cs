namespace ProspectOps.Tenancy.Limits;

/// <summary>Requests in any minute, to the second: sixty counters in a ring.</summary>
/// <remarks>Never lets more than the limit through in 60 s; a request counts for up to a second longer than that. Not safe for two threads at once: the caller locks.</remarks>
internal sealed class SlidingWindow
{
    private const int Seconds = 60;

    private readonly int[] _counts = new int[Seconds];
    private long _second;
    private long _oldest;
    private int _total;

    /// <param name="second">Whole seconds of any clock that only goes forward.</param>
    /// <returns>Whether it is let through, what is left, and the seconds until there is more.</returns>
    public (bool Allowed, int Remaining, int ResetSeconds) Take(long second, int limit)
    {
        Forget(second);
        // A clock that was set back stays where it was.
        second = _second;
        var allowed = _total < limit;
        if (allowed)
        {
            _counts[second % Seconds]++;
            _total++;
        }
        return (allowed, Math.Max(0, limit - _total), SecondsToOldest());
    }

    /// <summary>Requests in the 60 s up to a second.</summary>
    public int Used(long second)
    {
        Forget(second);
        return _total;
    }

    /// <summary>Requests of each of the 60 seconds up to one, oldest first.</summary>
    public int[] Counts(long second)
    {
        Forget(second);
        var counts = new int[Seconds];
        for (var i = 0; i < Seconds; i++)
            counts[i] = _counts[(_second + 1 + i) % Seconds];
        return counts;
    }

    private void Forget(long second)
    {
        for (var passed = Math.Max(_second + 1, second - Seconds + 1); passed <= second; passed++)
        {
            _total -= _counts[passed % Seconds];
            _counts[passed % Seconds] = 0;
        }
        _second = Math.Max(_second, second);
    }

    private int SecondsToOldest()
    {
        // Only the present second's counter grows, so what was passed stays empty.
        _oldest = Math.Max(_oldest, _second - Seconds + 1);
        while (_oldest < _second && _counts[_oldest % Seconds] == 0)
            _oldest++;
        return _counts[_oldest % Seconds] > 0 ? Seconds - (int)(_second - _oldest) : 1;
    }
}
