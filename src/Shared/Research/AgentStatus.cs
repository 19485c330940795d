using System.Text.Json.Serialization;

namespace ProspectOps.Research;

/// <summary>Whether a tenant has an industry's agent.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AgentStatus>))]
public enum AgentStatus
{
    [JsonStringEnumMemberName("absent")] Absent,
    [JsonStringEnumMemberName("building")] Building,
    [JsonStringEnumMemberName("ready")] Ready,
    [JsonStringEnumMemberName("failed")] Failed,
}
