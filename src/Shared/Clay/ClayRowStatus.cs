using System.Text.Json.Serialization;

namespace ProspectOps.Clay;

/// <summary>Where a row is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClayRowStatus>))]
public enum ClayRowStatus
{
    /// <summary>Sent, and not back yet; those overdue are among them.</summary>
    [JsonStringEnumMemberName("awaiting")] Awaiting,
    [JsonStringEnumMemberName("overdue")] Overdue,
    [JsonStringEnumMemberName("returned")] Returned,

    /// <summary>Clay would not take it.</summary>
    [JsonStringEnumMemberName("failed")] Failed,
}
