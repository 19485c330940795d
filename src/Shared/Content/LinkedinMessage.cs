using ProspectOps.Prospects;

namespace ProspectOps.Content;

/// <summary>A message for LinkedIn. <c>Characters</c> counts UTF-16 units, as LinkedIn's own limit does.</summary>
public sealed record LinkedinMessage(string Message, int Characters, IReadOnlyList<Evidence> Evidence, Quality Quality, string Source, bool Cached, ModelUsage Usage);
