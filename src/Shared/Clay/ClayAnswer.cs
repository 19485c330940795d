namespace ProspectOps.Clay;

/// <summary>What became of one row that was posted.</summary>
/// <param name="Status">Null if no answer came.</param>
/// <param name="Failure">Why none came.</param>
/// <param name="WasSent">Whether Clay may have it: false where no connection was made.</param>
/// <param name="RetryAfter">What Clay asked for.</param>
public sealed record ClayAnswer(int? Status, string? Failure, bool WasSent, TimeSpan? RetryAfter)
{
    public bool IsTaken => Status is >= 200 and < 300;

    /// <summary>Whether the same row may be taken later.</summary>
    public bool MayPass => Status is null or 408 or 425 or 429 or >= 500;

    /// <summary>Whether every other row would be answered the same: the address or its token is wrong.</summary>
    public bool IsAboutTheConnection => Status is 401 or 403 or 404 or 410;

    /// <summary>Whether Clay counts it against the webhook's life: taken, or perhaps taken.</summary>
    public bool Counts => IsTaken || (WasSent && Status is null or >= 500);

    public string Reason => Failure ?? $"Clay answered {Status}.";
}
