using ProspectOps.Platform.Storage;

namespace ProspectOps.Webhooks;

/// <summary>A batch of events as its age is judged: the bodies are not read.</summary>
/// <param name="Listeners">Ids of the endpoints that were to hear of them.</param>
/// <param name="Marker">Row that says that they were published; null for a workflow's.</param>
/// <param name="Row">As it was read.</param>
public sealed record StoredEvents(string Name, int Count, IReadOnlyList<string> Listeners, string? Marker, TableRow Row);
