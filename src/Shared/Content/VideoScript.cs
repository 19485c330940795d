using ProspectOps.Prospects;

namespace ProspectOps.Content;

/// <summary>What to say and show in a short personal video; the scenes' seconds add up to what was asked for.</summary>
public sealed record VideoScript(string Title, IReadOnlyList<VideoScene> Scenes, int Words, IReadOnlyList<Evidence> Evidence, Quality Quality, string Source, bool Cached, ModelUsage Usage);
