using ProspectOps.Prospects;

namespace ProspectOps.Content;

/// <summary>A person's messages, by step.</summary>
public sealed record EmailSequence(IReadOnlyList<GeneratedEmail> Emails, string Source, bool Cached, ModelUsage Usage);
