using ProspectOps.Platform.Text;

namespace ProspectOps.Research;

/// <summary>Checks that a rubric knows every persona, level and trigger of its pack, and that its points make a score of 0 to 100.</summary>
internal sealed class RubricCheck(string file, IndustryPack pack)
{
    private const string Root = "$.rubric";

    // Below it, not even the ideal person would be an A with room to spare.
    private const int LowestBest = 90;

    private const int HighestBest = 100;

    private readonly List<PackFault> _faults = [];
    private readonly ScoringRubric _rubric = pack.Rubric;

    public IReadOnlyList<PackFault> Run()
    {
        Keys("role", _rubric.Role, pack.Personas.Select(persona => persona.Id), "persona");
        Keys("seniority", _rubric.Seniority, RubricKeys.Seniority, "level");
        Sizes();
        Countries();
        Keys("domain", _rubric.Domain, RubricKeys.Domain, "kind of domain");
        DomainWords();
        Keys("freeText", _rubric.FreeText, pack.Triggers.Select(trigger => trigger.Id), "trigger");
        Points("freeTextCap", _rubric.FreeTextCap);
        if (_faults.Count == 0)
            Sum();
        return _faults;
    }

    private void Keys(string name, IReadOnlyDictionary<string, int> points, IEnumerable<string> expected, string kind)
    {
        var known = expected.Distinct(StringComparer.Ordinal).ToList();
        foreach (var key in points.Keys.Order(StringComparer.Ordinal))
        {
            if (!known.Contains(key, StringComparer.Ordinal))
                Fault($"{name}.{key}", $"There is no {kind} \"{key}\".");
            Points($"{name}.{key}", points[key]);
        }
        foreach (var missing in known.Where(key => !points.ContainsKey(key)))
            Fault(name, $"The {kind} \"{missing}\" has no points: give it some, or 0.");
    }

    private void Sizes()
    {
        if (_rubric.CompanySize.Count == 0 || _rubric.CompanySize[0].From != 1)
            Fault("companySize", "The first band must start at 1, so that every size has its band.");
        for (var i = 0; i < _rubric.CompanySize.Count; i++)
        {
            var band = _rubric.CompanySize[i];
            Points($"companySize[{i}].points", band.Points);
            if (string.IsNullOrWhiteSpace(band.Name))
                Fault($"companySize[{i}].name", "A band needs a name: it is the reason that people read.");
            if (i > 0 && band.From <= _rubric.CompanySize[i - 1].From)
                Fault($"companySize[{i}].from", "Bands go from small to large, and no two start at the same size.");
        }
    }

    private void Countries()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < _rubric.Country.Count; i++)
        {
            var group = _rubric.Country[i];
            Points($"country[{i}].points", group.Points);
            if (string.IsNullOrWhiteSpace(group.Why))
                Fault($"country[{i}].why", "A group needs its why: it is the reason that people read.");
            if (group.Countries.Count == 0)
                Fault($"country[{i}].countries", "It must hold at least one country.");
            for (var j = 0; j < group.Countries.Count; j++)
            {
                if (!CountryCodes.IsCode(group.Countries[j]))
                    Fault($"country[{i}].countries[{j}]", $"\"{group.Countries[j]}\" is no ISO 3166 alpha-2 code (the United Kingdom is GB).");
                else if (!seen.Add(group.Countries[j]))
                    Fault($"country[{i}].countries[{j}]", $"\"{group.Countries[j]}\" stands in two places.");
            }
        }
        Points("otherCountry", _rubric.OtherCountry);
    }

    private void DomainWords()
    {
        if (_rubric.DomainWords.Count == 0)
            Fault("domainWords", "It must hold at least one.");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < _rubric.DomainWords.Count; i++)
        {
            var word = _rubric.DomainWords[i];
            if (word.Length < 2 || !word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)))
                Fault($"domainWords[{i}]", $"\"{word}\" must be two or more of a-z and 0-9: it is looked for between a domain's dots and hyphens.");
            else if (!seen.Add(word))
                Fault($"domainWords[{i}]", $"\"{word}\" stands here twice.");
        }
    }

    private void Sum()
    {
        var best = RubricBest.Of(_rubric);
        if (best.Total is < LowestBest or > HighestBest)
        {
            Fault(null, $"The best of every factor adds up to {best.Total} (role {best.Role}, seniority {best.Seniority}, companySize {best.CompanySize}, " +
                $"country {best.Country}, domain {best.Domain}, freeText {best.FreeText}); it must be {LowestBest} to {HighestBest}.");
        }
    }

    private void Points(string path, int points)
    {
        if (points is < 0 or > HighestBest)
            Fault(path, $"{points} points are not within 0 to 100.");
    }

    private void Fault(string? path, string message) =>
        _faults.Add(new PackFault(file, path is null ? Root : $"{Root}.{path}", message));
}
