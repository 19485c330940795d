using System.Text.Json.Serialization;

namespace ProspectOps.Webhooks;

[JsonConverter(typeof(JsonStringEnumConverter<EndpointWorkKind>))]
public enum EndpointWorkKind
{
    Release,
    End,
    Replay,
    RetryDeadLetters,
}
