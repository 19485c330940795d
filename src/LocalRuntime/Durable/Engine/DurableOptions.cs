namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>Settings of the engine. Source: <c>extensions:durableTask</c> of host.json.</summary>
internal sealed record DurableOptions
{
    /// <summary>Letters and digits, a letter first, 3 to 45 characters.</summary>
    public string HubName { get; init; } = "TestHubName";

    /// <summary>Setting that holds the connection string; the host's own storage if not given.</summary>
    public string? ConnectionName { get; init; }

    /// <summary>Parts in which processes share the hub, 1 to 16. Never changed on a hub in use.</summary>
    public int PartitionCount { get; init; } = 4;

    /// <summary>Where a process shows by a locked file that it lives. Setting <c>LocalRuntime:DataFolder</c>; else a folder for temporary files.</summary>
    public string LockFolder { get; init; } = Path.Combine(Path.GetTempPath(), "prospectops-durable");

    /// <summary>Orchestrators at work at once. Default: ten a core, as on Azure.</summary>
    public int MaxOrchestrators { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>Activities at work at once. Default: ten a core, as on Azure.</summary>
    public int MaxActivities { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>History kept in memory, in characters of UTF-16; what is longest unused is read again when needed.</summary>
    public long HistoryCacheChars { get; init; } = 64_000_000;

    /// <summary>How long a stop waits for running activities; what does not end by then runs again at the next start.</summary>
    public TimeSpan StopWait { get; init; } = TimeSpan.FromSeconds(10);
}
