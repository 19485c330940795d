using System.Text.Json.Serialization;

namespace ProspectOps.Validation.Import;

/// <summary>Who else checked the addresses.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImportVendor>))]
public enum ImportVendor
{
    [JsonStringEnumMemberName("zerobounce")] ZeroBounce,
    [JsonStringEnumMemberName("neverbounce")] NeverBounce,
    [JsonStringEnumMemberName("kickbox")] Kickbox,
    [JsonStringEnumMemberName("reacher")] Reacher,
}
