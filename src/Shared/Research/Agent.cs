namespace ProspectOps.Research;

/// <summary>An industry's research as a tenant has it.</summary>
/// <param name="ExpiresAt">From here on it is built again before it is used.</param>
public sealed record Agent(string Industry, AgentStatus Status, string Source, DateTimeOffset? BuiltAt, DateTimeOffset? ExpiresAt, string? Error, string? Notes, IndustryPack? Pack)
{
    public bool IsFreshAt(DateTimeOffset now) => Status == AgentStatus.Ready && Pack is not null && ExpiresAt > now;
}
