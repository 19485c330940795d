using ProspectOps.Research;

namespace ProspectOps.Prospects;

/// <summary>Scores people by an industry's rubric: by rules, or by a model.</summary>
public interface IProspectAnalyst
{
    /// <summary>One analysis a prospect, in the same order.</summary>
    Task<IReadOnlyList<Analysis>> AnalyzeAsync(IndustryPack pack, IReadOnlyList<KeyedProspect> prospects, CancellationToken cancellationToken);
}
