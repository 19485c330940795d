using System.Text.Json.Serialization;

namespace ProspectOps.Tenancy;

[JsonConverter(typeof(JsonStringEnumConverter<TenantStatus>))]
public enum TenantStatus
{
    [JsonStringEnumMemberName("active")] Active,
    [JsonStringEnumMemberName("suspended")] Suspended,

    /// <summary>On its way out: its keys are unknown, and its data goes.</summary>
    [JsonStringEnumMemberName("deleting")] Deleting,
}
