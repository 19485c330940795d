using System.Text.Json.Serialization;

namespace ProspectOps.Validation.Calibration;

/// <summary>What became of mail that was really sent.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Outcome>))]
public enum Outcome
{
    [JsonStringEnumMemberName("delivered")] Delivered,
    [JsonStringEnumMemberName("bounced")] Bounced,

    /// <summary>It arrived, and was reported as spam.</summary>
    [JsonStringEnumMemberName("complained")] Complained,
}
