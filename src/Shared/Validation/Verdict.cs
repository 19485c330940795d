using System.Text.Json.Serialization;

namespace ProspectOps.Validation;

/// <summary>What may be expected of mail to an address.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
public enum Verdict
{
    [JsonStringEnumMemberName("deliverable")] Deliverable,
    [JsonStringEnumMemberName("risky")] Risky,
    [JsonStringEnumMemberName("undeliverable")] Undeliverable,
    [JsonStringEnumMemberName("unknown")] Unknown,
}
