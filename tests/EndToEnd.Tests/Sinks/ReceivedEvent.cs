using System.Text.Json.Nodes;

namespace ProspectOps.EndToEnd.Tests.Sinks;

/// <summary>An event that arrived, rightly signed.</summary>
/// <param name="Nth">How often this id has now arrived, 1 for the first.</param>
/// <param name="Answered">The status that it was given.</param>
public sealed record ReceivedEvent(string Id, string Type, string? ProspectKey, int Nth, int Answered, JsonNode Body);
