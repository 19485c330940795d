using System.Text.Json.Serialization;

namespace ProspectOps.Validation;

[JsonConverter(typeof(JsonStringEnumConverter<RuleKind>))]
public enum RuleKind
{
    /// <summary>One mailbox.</summary>
    [JsonStringEnumMemberName("address")] Address,

    /// <summary>A domain and all below it.</summary>
    [JsonStringEnumMemberName("domain")] Domain,

    /// <summary>Every address in which the expression is found.</summary>
    [JsonStringEnumMemberName("regex")] Regex,
}
