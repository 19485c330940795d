namespace ProspectOps.Content.Copy;

/// <summary>A message while a template writes it: what the template may say, and the sentences so far. One thread, one message.</summary>
internal sealed class Draft(FactSheet facts, Tone tone, ulong seed)
{
    private readonly List<Sentence> _sentences = [];
    private readonly List<int> _ranks = [];
    private int _slot;

    public FactSheet Facts { get; } = facts;

    public Tone Tone { get; } = tone;

    public bool AsksForOptOut { get; init; }

    /// <summary>A subject that is longer gives way to another alternative.</summary>
    public int SubjectLimit { get; init; } = 60;

    public Part Part { get; set; } = Part.Body;

    public int Paragraph { get; set; }

    public IReadOnlyList<Sentence> Sentences => _sentences;

    /// <summary>While counting, alternatives give their rank and write nothing.</summary>
    public bool IsCounting { get; private set; }

    private int Wanted { get; set; }

    private int Seen { get; set; }

    private int Drop { get; set; }

    /// <summary>Begins a place for one sentence: its alternatives are counted first.</summary>
    public void BeginSlot(int drop)
    {
        _slot++;
        _ranks.Clear();
        Drop = drop;
        IsCounting = true;
    }

    /// <summary>The alternatives that can be written, the most specific first; among equals the hash says who begins.</summary>
    public int[] RankAlternatives()
    {
        IsCounting = false;
        if (_ranks.Count == 0)
            return [];
        var turn = StableHash.Mix(seed, _slot);
        var count = (ulong)_ranks.Count;
        var order = new List<int>(_ranks.Count);
        for (var rank = _ranks.Max(); rank >= 0; rank--)
        {
            var equals = 0UL;
            foreach (var r in _ranks)
                equals += r == rank ? 1UL : 0UL;
            if (equals == 0)
                continue;
            var start = (int)(turn % equals);
            var first = order.Count;
            for (var i = 0; i < (int)count; i++)
            {
                if (_ranks[i] == rank)
                    order.Add(i);
            }

            // Rotates the group, so that each of them begins for some people.
            order.AddRange(order.GetRange(first, start));
            order.RemoveRange(first, start);
        }

        return [.. order];
    }

    public void Want(int alternative)
    {
        Wanted = alternative;
        Seen = 0;
    }

    /// <summary>Called by each alternative in turn.</summary>
    /// <returns>Whether this is the one to write.</returns>
    public bool Offer(FactSet needs, bool fits)
    {
        if (IsCounting)
        {
            _ranks.Add(fits && Facts.Known.Covers(needs) ? needs.Specific : -1);
            return false;
        }

        return Seen++ == Wanted;
    }

    /// <summary>Takes back a subject that is too long, so that the next alternative can try.</summary>
    public bool KeepsSubject()
    {
        if (_sentences.Count == 0 || _sentences[^1].Text.Length <= SubjectLimit)
            return true;
        _sentences.RemoveAt(_sentences.Count - 1);
        return false;
    }

    public void Add(string text, FactSet restsOn)
    {
        var line = Squeeze(text);
        if (line.Length > 0)
            _sentences.Add(new(Part, Paragraph, line, restsOn, Drop));
    }

    private static string Squeeze(string text)
    {
        var trimmed = text.Trim();
        if (!trimmed.Contains("  ", StringComparison.Ordinal) && !trimmed.AsSpan().ContainsAny('\n', '\r', '\t'))
            return trimmed;
        return string.Join(' ', trimmed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
