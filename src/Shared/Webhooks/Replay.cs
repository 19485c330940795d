namespace ProspectOps.Webhooks;

/// <summary>A replay that was asked for: all events from <paramref name="Since"/> to <paramref name="Until"/>, which is when it was.</summary>
public sealed record Replay(string ReplayId, string EndpointId, DateTimeOffset Since, DateTimeOffset Until, double PerSecond)
{
    /// <summary>Whether a batch of events of this name may be among those that it sends.</summary>
    public bool Covers(string name) =>
        string.CompareOrdinal(name, EventBatch.FirstNameUntil(Until)) >= 0 && string.CompareOrdinal(name, EventBatch.LastNameSince(Since)) <= 0;
}
