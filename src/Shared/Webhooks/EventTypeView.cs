using System.Text.Json.Nodes;

namespace ProspectOps.Webhooks;

/// <summary>A type of event as the API describes it.</summary>
/// <param name="Schema">JSON Schema of the body.</param>
/// <param name="Example">A body.</param>
public sealed record EventTypeView(string Type, string Description, JsonObject Schema, JsonObject Example);
