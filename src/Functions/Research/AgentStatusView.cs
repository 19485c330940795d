using System.Text.Json.Serialization;
using ProspectOps.Research;

namespace ProspectOps.Functions.Research;

/// <summary>How far an agent is; the times are null, not left out, while there are none.</summary>
public sealed record AgentStatusView(
    string Industry,
    AgentStatus Status,
    string Source,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? BuiltAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? ExpiresAt,
    string? Error)
{
    public static AgentStatusView Of(Agent agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        return new AgentStatusView(agent.Industry, agent.Status, agent.Source, agent.BuiltAt, agent.ExpiresAt, agent.Error);
    }
}
