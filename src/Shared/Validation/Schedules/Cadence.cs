using System.Text.Json.Serialization;

namespace ProspectOps.Validation.Schedules;

[JsonConverter(typeof(JsonStringEnumConverter<Cadence>))]
public enum Cadence
{
    [JsonStringEnumMemberName("daily")] Daily,
    [JsonStringEnumMemberName("weekly")] Weekly,
    [JsonStringEnumMemberName("monthly")] Monthly,
}
