namespace ProspectOps.Testing;

/// <summary>How long tests wait for what comes in its own time: far longer than it takes, for a machine that is busy with other things. Only a test that fails waits so long.</summary>
public static class Patience
{
    public static TimeSpan Usual { get; } = TimeSpan.FromMinutes(3);
}
