namespace ProspectOps.Clay;

/// <summary>A token bucket at a moment. Pure.</summary>
/// <param name="Tokens">What is in it; below zero while everybody has to wait.</param>
public readonly record struct TokenBucket(double Tokens, DateTimeOffset At)
{
    /// <summary>Takes what there is, up to <paramref name="wanted"/>; nothing while there is less than <paramref name="least"/>, so that a round trip is worth its while.</summary>
    public (TokenBucket Left, int Taken, TimeSpan Wait) Take(int wanted, int least, double ratePerSecond, int burst, DateTimeOffset now)
    {
        // Another process's clock may be ahead: time never runs backwards.
        var elapsed = now > At ? (now - At).TotalSeconds : 0;
        var tokens = Math.Min(burst, Tokens + elapsed * ratePerSecond);
        var at = now > At ? now : At;
        var enough = Math.Min(Math.Min(least, wanted), burst);
        if (tokens < enough)
            return (new TokenBucket(tokens, at), 0, TimeSpan.FromSeconds((enough - tokens) / ratePerSecond) + (at - now));
        var taken = Math.Min(wanted, (int)Math.Floor(tokens));
        return (new TokenBucket(tokens - taken, at), taken, TimeSpan.Zero);
    }
}
