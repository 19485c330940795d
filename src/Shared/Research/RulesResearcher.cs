using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Text;

namespace ProspectOps.Research;

/// <summary>Answers from the packs that are shipped with the product or put beside it; no network, no cost.</summary>
public sealed class RulesResearcher(PackLibrary library) : IResearcher
{
    /// <summary>Notes are kept up to here; what lies behind is dropped.</summary>
    public const int LongestNotes = 4_000;

    public string Source => "rules";

    public IReadOnlyList<(string Id, string Name)> Industries => [.. library.All.Select(pack => (pack.Id, pack.Name))];

    /// <summary>The industry's pack. Notes go with it in <see cref="IndustryPack.Notes"/> for people to read: rules do not understand them, so they change nothing else.</summary>
    /// <exception cref="DomainException"><c>industry_not_found</c>.</exception>
    public Task<IndustryPack> ResearchAsync(string industry, string? notes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var pack = library.Find(industry) ?? throw new DomainException(NotFound());
        return Task.FromResult(string.IsNullOrWhiteSpace(notes) ? pack : pack with { Notes = ShortText.Of(notes, LongestNotes) });
    }

    private DomainError NotFound() => new(ErrorKind.NotFound, "industry_not_found", "There is no pack for this industry.")
    {
        Fix = $"Use one of {string.Join(", ", library.All.Select(pack => pack.Id))}, or add a pack as docs/industries.md says.",
    };
}
