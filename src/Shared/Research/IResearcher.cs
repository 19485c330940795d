namespace ProspectOps.Research;

/// <summary>Finds out what there is to know of an industry: from the packs shipped with the product, or by a model.</summary>
public interface IResearcher
{
    /// <summary><c>rules</c>, or the model's vendor.</summary>
    string Source { get; }

    /// <summary>Every industry that can be researched, by id.</summary>
    IReadOnlyList<(string Id, string Name)> Industries { get; }

    /// <exception cref="Platform.Errors.DomainException"><c>industry_not_found</c>.</exception>
    Task<IndustryPack> ResearchAsync(string industry, string? notes, CancellationToken cancellationToken);
}
