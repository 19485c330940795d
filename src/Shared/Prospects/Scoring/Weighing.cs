using System.Globalization;
using ProspectOps.Platform.Text;
using ProspectOps.Research;

namespace ProspectOps.Prospects.Scoring;

/// <summary>One prospect on the scales of one rubric: a reason for every factor, in a fixed order.</summary>
internal sealed class Weighing(PackRules rules, Prospect prospect, IFreeMailDomains freeMail)
{
    private const int LongestValue = 80;

    private readonly List<ScoreReason> _reasons = [];
    private readonly List<FoundTrigger> _signals = [];
    private readonly ScoringRubric _rubric = rules.Pack.Rubric;

    // In half points, because a title that no persona has is half known: lists of titles are never complete.
    private int _knownHalves;

    public IReadOnlyList<ScoreReason> Reasons => _reasons;

    /// <summary>What was found in free text, the dearest first.</summary>
    public IReadOnlyList<FoundTrigger> Signals => _signals;

    public Persona? Persona { get; private set; }

    public bool TitleIsKnown => !string.IsNullOrWhiteSpace(prospect.Title);

    public int Score => _reasons.Sum(reason => reason.Points);

    /// <summary>The share of the rubric's points that was decided by what is known, in whole percent.</summary>
    public double Confidence
    {
        get
        {
            // In integers, halves up, so that no machine rounds it otherwise.
            var all = 2 * rules.Best.Total;
            return ((200 * _knownHalves) + all) / (2 * all) / 100.0;
        }
    }

    public void Run()
    {
        Title();
        CompanySize();
        Country();
        Domain();
        FreeText();
    }

    private void Title()
    {
        if (!TitleIsKnown)
        {
            Unknown("role", "title", rules.Best.Role);
            Unknown("seniority", "title", rules.Best.Seniority);
            return;
        }

        var title = JobTitle.Of(prospect.Title!);
        if (rules.PersonaOf(title) is var (persona, words))
        {
            Persona = persona;
            Known(rules.Best.Role);
            Add("role", _rubric.Role[persona.Id], "title", prospect.Title!, $"\"{words}\" is the persona {persona.Name}", $"role.{persona.Id}");
        }
        else
        {
            _knownHalves += rules.Best.Role;
            var why = title.Assists ? "an assistant to somebody, not the person who decides" : "no persona of this industry has such a title";
            Add("role", 0, "title", prospect.Title!, why, "role");
        }

        var (level, word) = SeniorityWords.Of(title);
        Known(rules.Best.Seniority);
        Add("seniority", _rubric.Seniority[level], "title", prospect.Title!,
            word is null ? $"no word of a higher rank, so {level}" : $"\"{word}\" is the level {level}", $"seniority.{level}");
    }

    private void CompanySize()
    {
        if (prospect.Employees is not { } employees || rules.BandOf(employees) is not var (band, index))
        {
            Unknown("companySize", "employees", rules.Best.CompanySize);
            return;
        }
        Known(rules.Best.CompanySize);
        Add("companySize", band.Points, "employees", employees.ToString(CultureInfo.InvariantCulture), band.Name, $"companySize[{index}]");
    }

    private void Country()
    {
        if (string.IsNullOrWhiteSpace(prospect.Country))
        {
            Unknown("country", "country", rules.Best.Country);
            return;
        }
        if (CountryCodes.Find(prospect.Country) is not { } code)
        {
            Add("country", 0, "country", prospect.Country, "not a name or code of a country that we know", "country");
            return;
        }
        Known(rules.Best.Country);
        if (rules.GroupOf(code) is var (group, index))
            Add("country", group.Points, "country", prospect.Country, $"{code}, {group.Why}", $"country[{index}]");
        else
            Add("country", _rubric.OtherCountry, "country", prospect.Country, $"{code} is in no group of the rubric", "otherCountry");
    }

    private void Domain()
    {
        if (CompanyDomain.Of(prospect) is not { } domain)
        {
            Unknown("domain", "companyDomain", rules.Best.Domain);
            return;
        }
        Known(rules.Best.Domain);
        var (kind, word) = domain.KindIn(_rubric, freeMail);
        var why = kind switch
        {
            RubricKeys.IndustryDomain => $"holds \"{word}\", a word of the trade",
            RubricKeys.FreeDomain => "anybody gets a mailbox there, so it says nothing of an employer",
            _ => "a company's own domain, without a word of the trade",
        };
        Add("domain", _rubric.Domain[kind], domain.Field, domain.Name, why, $"domain.{kind}");
    }

    private void FreeText()
    {
        var found = TriggerSearch.Find(rules, prospect);
        var hasText = TriggerSearch.HasText(prospect);
        if (hasText || found.Count > 0)
            Known(rules.Best.FreeText);
        if (found.Count == 0)
        {
            if (hasText)
                _reasons.Add(new("freeText", 0, "title, notes and custom fields: no buying trigger found (rubric.freeText)"));
            else
                Unknown("freeText", "notes", rules.Best.FreeText);
            return;
        }

        var left = _rubric.FreeTextCap;
        foreach (var trigger in rules.TriggersByPoints)
        {
            if (!found.TryGetValue(trigger.Id, out var signal))
                continue;
            var worth = _rubric.FreeText[trigger.Id];
            var points = Math.Min(worth, left);
            left -= points;
            _signals.Add(signal);
            var cut = points < worth ? $"; {worth} points, cut to the {_rubric.FreeTextCap} that free text gives at most" : "";
            Add("freeText", points, signal.Field, signal.Around, $"\"{signal.Words}\" betrays the trigger {trigger.Id}{cut}", $"freeText.{trigger.Id}");
        }
    }

    private void Known(int points) => _knownHalves += 2 * points;

    private void Unknown(string factor, string field, int best)
    {
        if (best > 0)
            _reasons.Add(new(factor, 0, $"{field} is unknown: up to {best} points are not given (rubric.{factor})"));
    }

    private void Add(string factor, int points, string field, string value, string why, string line) =>
        _reasons.Add(new(factor, points, $"{field} \"{ShortText.Of(value, LongestValue)}\": {why} (rubric.{line})"));
}
