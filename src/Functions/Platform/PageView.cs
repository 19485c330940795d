using System.Text.Json.Serialization;

namespace ProspectOps.Functions.Platform;

/// <summary>A page of a list; <c>nextCursor</c> is null at its end, and never left out.</summary>
public sealed record PageView<T>(IReadOnlyList<T> Items, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? NextCursor);
