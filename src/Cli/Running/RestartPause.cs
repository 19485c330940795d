namespace ProspectOps.Cli.Running;

/// <summary>How long to wait before the app is started again. Pure: no clock.</summary>
/// <remarks>An app that had become healthy is back at once, always within 2 s; one that dies while it starts has a cause
/// that the next start meets too, so that its pause grows.</remarks>
internal sealed class RestartPause
{
    private static readonly TimeSpan[] Starting = [.. new[] { 0.1, 1, 2, 4, 8, 15, 30 }.Select(TimeSpan.FromSeconds)];
    private int _failedStarts;

    /// <summary>How often in a row the app ended before it was healthy.</summary>
    public int FailedStarts => _failedStarts;

    public TimeSpan After(bool wasHealthy)
    {
        if (wasHealthy)
        {
            _failedStarts = 0;
            return Starting[0];
        }
        return Starting[Math.Min(++_failedStarts, Starting.Length - 1)];
    }
}
