using System.Text.Json.Serialization;

namespace ProspectOps.Content;

/// <summary>A connection request (300 characters at most), a first message, or a follow-up.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LinkedinKind>))]
public enum LinkedinKind
{
    [JsonStringEnumMemberName("connect")] Connect,
    [JsonStringEnumMemberName("message")] Message,
    [JsonStringEnumMemberName("followup")] Followup,
}
