using System.Text.Json.Serialization;

namespace ProspectOps.Validation.Calibration;

/// <summary>Who runs a domain's mail servers: how far a verdict can be trusted depends on it more than on anything else.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MxFamily>))]
public enum MxFamily
{
    /// <summary>No mail server is known.</summary>
    [JsonStringEnumMemberName("none")] None,
    [JsonStringEnumMemberName("google")] Google,
    [JsonStringEnumMemberName("microsoft")] Microsoft,
    [JsonStringEnumMemberName("yahoo")] Yahoo,
    [JsonStringEnumMemberName("apple")] Apple,
    [JsonStringEnumMemberName("zoho")] Zoho,

    /// <summary>A filter in front of somebody's servers, which often takes every mailbox: Proofpoint, Mimecast, Barracuda, …</summary>
    [JsonStringEnumMemberName("gateway")] Gateway,

    /// <summary>A hosting company: IONOS, OVH, Strato, GoDaddy, …</summary>
    [JsonStringEnumMemberName("hosting")] Hosting,

    /// <summary>Anybody else.</summary>
    [JsonStringEnumMemberName("other")] Other,
}
