using System.Collections.Frozen;
using ProspectOps.Platform.Text;
using ProspectOps.Research;

namespace ProspectOps.Prospects.Scoring;

/// <summary>A pack made ready for matching; made once a pack, because it is read for every prospect.</summary>
internal sealed class PackRules
{
    private readonly PhraseIndex<Persona> _titles;
    private readonly FrozenDictionary<string, (CountryGroup Group, int Index)> _countries;
    private readonly FrozenDictionary<string, int> _personaOrder;

    public PackRules(IndustryPack pack)
    {
        Pack = pack;
        Best = RubricBest.Of(pack.Rubric);
        _titles = new(pack.Personas.SelectMany(persona => persona.TitleWords.Select(words => (words, persona))));
        _personaOrder = pack.Personas.Select((persona, i) => (persona.Id, i)).ToFrozenDictionary(item => item.Id, item => item.i, StringComparer.Ordinal);
        _countries = pack.Rubric.Country
            .SelectMany((group, i) => group.Countries.Select(code => (Code: code, Group: group, Index: i)))
            .ToFrozenDictionary(item => item.Code, item => (item.Group, item.Index), StringComparer.Ordinal);
        Triggers = new(pack.Triggers.SelectMany(trigger => trigger.Keywords.Select(keyword => (keyword, trigger))));
        // The dearest first, so that the cap cuts the cheapest; OrderBy is stable, so equals stay as they are in the pack.
        TriggersByPoints = [.. pack.Triggers.OrderByDescending(trigger => pack.Rubric.FreeText[trigger.Id])];
        // The persona worth most is the one to ask for where nobody matches.
        Buyer = pack.Personas.OrderByDescending(persona => pack.Rubric.Role[persona.Id]).First();
    }

    public IndustryPack Pack { get; }

    public RubricBest Best { get; }

    public PhraseIndex<BuyingTrigger> Triggers { get; }

    public IReadOnlyList<BuyingTrigger> TriggersByPoints { get; }

    public Persona Buyer { get; }

    /// <summary>The persona whose words the title holds: the longest match; among equals the one worth more, then the first of the pack.</summary>
    public (Persona Persona, string Words)? PersonaOf(JobTitle title)
    {
        if (title.Assists)
            return null;
        PhraseMatch<Persona>? best = null;
        foreach (var match in _titles.All(title.Words))
        {
            if (best is not { } held || Beats(match, held))
                best = match;
        }
        return best is { } found ? (found.Value, found.Phrase) : null;
    }

    public (CountryGroup Group, int Index)? GroupOf(string countryCode) =>
        _countries.TryGetValue(countryCode, out var found) ? found : null;

    public (SizeBand Band, int Index)? BandOf(int employees)
    {
        var bands = Pack.Rubric.CompanySize;
        for (var i = bands.Count - 1; i >= 0; i--)
        {
            if (employees >= bands[i].From)
                return (bands[i], i);
        }
        return null;
    }

    private bool Beats(PhraseMatch<Persona> one, PhraseMatch<Persona> other)
    {
        if (one.Length != other.Length)
            return one.Length > other.Length;
        var points = Pack.Rubric.Role[one.Value.Id].CompareTo(Pack.Rubric.Role[other.Value.Id]);
        return points != 0 ? points > 0 : _personaOrder[one.Value.Id] < _personaOrder[other.Value.Id];
    }
}
