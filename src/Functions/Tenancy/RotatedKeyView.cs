using System.Text.Json.Serialization;

namespace ProspectOps.Functions.Tenancy;

/// <summary>The key that takes the place of another.</summary>
/// <param name="Key">The whole key: shown this once.</param>
/// <param name="PreviousExpiresAt">Until then both work.</param>
public sealed record RotatedKeyView(
    string KeyId, string Key, string PreviousKeyId, DateTimeOffset PreviousExpiresAt, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? ExpiresAt, DateTimeOffset? RotationDueAt);
