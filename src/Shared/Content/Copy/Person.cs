using System.Globalization;

namespace ProspectOps.Content.Copy;

/// <summary>Everything that can be said to one person, before a step picks its angle.</summary>
internal sealed class Person
{
    private readonly FactSheet _facts = new();
    private readonly PackLines _lines;
    private readonly List<PackLines.Line> _pains;
    private readonly List<PackLines.Line> _triggers;

    public Person(ContentRequest request, PackLines lines)
    {
        Request = request;
        _lines = lines;
        var prospect = request.Prospect;
        Seed = StableHash.Of(lines.Pack.Id, prospect.Email, prospect.LinkedinUrl, prospect.FirstName, prospect.LastName, prospect.Company, prospect.CompanyDomain, prospect.Title);

        var title = JobTitle.Clean(prospect.Title);
        var persona = lines.PersonaOf(title);
        var signals = SignalsOf(request, lines);
        _pains = PainsOf(request, lines, persona?.Pains ?? []);
        _triggers = signals.Count > 0 ? [.. signals, .. lines.Triggers.Except(signals)] : [.. lines.Triggers];
        _facts
            .Set(Fact.FirstName, PersonName.First(prospect.FirstName, prospect.LastName), "prospect.firstName")
            .Set(Fact.LastName, PersonName.Last(prospect.LastName), "prospect.lastName")
            .Set(Fact.Title, title, "prospect.title")
            .Set(Fact.Company, CompanyAsWritten.Clean(prospect.Company), "prospect.company")
            .Set(Fact.Employees, prospect.Employees is >= 10 and <= 5_000_000 and { } count ? count.ToString("N0", CultureInfo.InvariantCulture) : null, "prospect.employees")
            .Set(Fact.Focus, CleanText.Phrase(persona?.Focus), "prospect.title", $"pack.personas.{persona?.Id}")
            .Set(Fact.Signal, signals.Count > 0 ? signals[0].Phrase : null, signals.Count > 0 ? ["analysis.buyingSignals", signals[0].Path] : [])
            .Set(Fact.Audience, lines.Audience, "pack.audience")
            .Set(Fact.Industry, lines.Industry, "pack.name")
            .Set(Fact.Profile, string.IsNullOrWhiteSpace(prospect.LinkedinUrl) ? null : "profile", "prospect.linkedinUrl")
            .Set(Fact.Site, SiteOf(prospect.CompanyDomain), "prospect.companyDomain");
        if (request.Sender is { } sender)
        {
            _facts
                .Set(Fact.SenderName, CleanText.Plain(sender.Name, 60), "sender.name")
                .Set(Fact.SenderTitle, CleanText.Plain(sender.Title, 60), "sender.title")
                .Set(Fact.SenderCompany, CleanText.Phrase(sender.Company, 60), "sender.company")
                .Set(Fact.Offer, CleanText.Phrase(sender.Offer, 140), "sender.offer");
        }
    }

    public ContentRequest Request { get; }

    public PackLines Lines => _lines;

    /// <summary>The same for the same person in the same industry, whatever else is in the batch.</summary>
    public ulong Seed { get; }

    public FactSet Known => _facts.Known;

    public string? FirstName => _facts[Fact.FirstName];

    /// <summary>How many things of the person there are to write about.</summary>
    public int FactsKnown =>
        (Known.Has(Fact.Title) ? 1 : 0) + (Known.Has(Fact.Company) ? 1 : 0) + (Known.Has(Fact.Signal) ? 1 : 0);

    /// <summary>The facts for one message: each takes its own remedy, moment and objection in turn.</summary>
    /// <param name="turn">0 for the first message.</param>
    /// <param name="painTurn">Which of the person's pains it is about; 0 is the sharpest.</param>
    public FactSheet FactsFor(int turn, int painTurn)
    {
        var facts = _facts.Copy();
        if (_pains.Count > 0)
        {
            // Of the two sharpest pains the first message takes either, so that colleagues are not told the same.
            var start = _pains.Count > 1 && Request.Analysis is null ? (int)(Seed % 2) : 0;
            var pain = _pains[PainAt(painTurn, start)];
            facts.Set(Fact.Pain, pain.Phrase, pain.Path).Set(Fact.PainText, pain.Text, pain.Path);
            if (_pains.Count > 1)
            {
                var other = _pains[(PainAt(painTurn, start) + 1) % _pains.Count];
                facts.Set(Fact.OtherPain, other.Phrase, other.Path);
            }

            SetValues(facts, pain.Id, turn);
        }
        else
        {
            SetValues(facts, null, turn);
        }

        if (_triggers.Count > 0)
        {
            var trigger = Known.Has(Fact.Signal) ? _triggers[0] : _triggers[(int)((Seed + (ulong)turn) % (ulong)_triggers.Count)];
            facts.Set(Fact.Trigger, trigger.Phrase, trigger.Path);
        }

        if (_lines.Objections.Count > 0)
        {
            var objection = _lines.Objections[(int)((Seed + (ulong)turn) % (ulong)_lines.Objections.Count)];
            facts.Set(Fact.Objection, objection.Phrase, objection.Path).Set(Fact.Answer, objection.Text, objection.Path);
        }

        return facts;
    }

    private int PainAt(int turn, int start)
    {
        // 0 and 1 swap; the rest keep their order of sharpness.
        var at = turn % _pains.Count;
        return start == 1 && at < 2 ? 1 - at : at;
    }

    private void SetValues(FactSheet facts, string? painId, int turn)
    {
        if (_lines.Values.Count == 0)
            return;
        var easing = painId is null ? [] : _lines.Values.Where(v => v.Links.Contains(painId, StringComparer.Ordinal)).ToList();
        var value = easing.Count > 0 ? easing[turn % easing.Count] : _lines.Values[turn % _lines.Values.Count];
        facts.Set(Fact.Value, value.Phrase, value.Path).Set(Fact.ValueText, value.Text, value.Path);
        if (_lines.Values.Count > 1)
        {
            var rest = _lines.Values.Where(v => v != value).ToList();
            var other = rest[turn % rest.Count];
            facts.Set(Fact.OtherValue, other.Phrase, other.Path);
        }
    }

    private static List<PackLines.Line> PainsOf(ContentRequest request, PackLines lines, IReadOnlyList<string> ofPersona)
    {
        var pains = new List<PackLines.Line>();
        foreach (var said in request.Analysis?.PainPoints ?? [])
            pains.AddRange(lines.Pains.Where(p => p.IsNamedBy(said)));
        pains.AddRange(ofPersona.SelectMany(id => lines.Pains.Where(p => p.Id == id)));
        var own = pains.Distinct().ToList();
        // Somebody else's pain is better than writing about the same one twice, but no better than that.
        return own.Count > 1 ? own : [.. own.Union(lines.Pains)];
    }

    private static List<PackLines.Line> SignalsOf(ContentRequest request, PackLines lines) =>
        [.. (request.Analysis?.BuyingSignals ?? []).SelectMany(said => lines.Triggers.Where(t => t.IsHintedAtBy(said))).Distinct()];

    private static string? SiteOf(string? domain)
    {
        var text = domain?.Trim().ToLowerInvariant();
        return text is { Length: > 3 and < 80 } && text.Contains('.', StringComparison.Ordinal) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-') ? text : null;
    }
}
