using System.Text.Json.Serialization;

namespace ProspectOps.Prospects;

/// <summary>How well a person fits: A from 80 points, B from 60, C from 40, D below.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Tier>))]
public enum Tier
{
    A,
    B,
    C,
    D,
}
