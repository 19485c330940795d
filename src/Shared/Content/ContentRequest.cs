using ProspectOps.Prospects;
using ProspectOps.Research;

namespace ProspectOps.Content;

/// <summary>What is written for whom.</summary>
/// <param name="Analysis">Where it is missing, the message claims nothing that only an analysis knows.</param>
public sealed record ContentRequest(IndustryPack Pack, Prospect Prospect, Analysis? Analysis)
{
    public string? Tone { get; init; }

    /// <summary>BCP 47; <c>en</c> where it is missing.</summary>
    public string? Language { get; init; }

    public Sender? Sender { get; init; }
}
