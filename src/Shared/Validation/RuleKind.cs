using System.Text.Json.Serialization;

namespace ProspectOps.Validation;

[JsonConverter(typeof(JsonStringEnumConverter<RuleKind>))]
public enum RuleKind
{
    [JsonStringEnumMemberName("address")] Address,
    [JsonStringEnumMemberName("domain")] Domain,
}
