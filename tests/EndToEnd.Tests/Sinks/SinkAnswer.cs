namespace ProspectOps.EndToEnd.Tests.Sinks;

/// <summary>What a receiver answers, and how long it thinks before.</summary>
public sealed record SinkAnswer(int Status, TimeSpan Delay = default)
{
    public static SinkAnswer Ok { get; } = new(200);
}
