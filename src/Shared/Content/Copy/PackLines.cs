using ProspectOps.Research;

namespace ProspectOps.Content.Copy;

/// <summary>A pack's lines made fit for sentences, once a pack: a model's packs are data too.</summary>
internal sealed class PackLines
{
    private readonly Persona[] _personas;
    private readonly (Persona Persona, string Words)[] _titleWords;

    public PackLines(IndustryPack pack)
    {
        Pack = pack;
        Audience = CleanText.Phrase(pack.Audience, 80);
        Industry = CleanText.Phrase(pack.Name, 60);
        Pains = [.. pack.Pains.Select(p => new Line(p.Id, $"pack.pains.{p.Id}", CleanText.Phrase(p.Phrase), CleanText.Whole(p.Text), [])).Where(p => p.Phrase is not null)];
        Values = [.. pack.ValuePropositions.Select(v => new Line(v.Id, $"pack.valuePropositions.{v.Id}", CleanText.Phrase(v.Phrase), CleanText.Whole(v.Text), v.Pains)).Where(v => v.Phrase is not null)];
        Triggers = [.. pack.Triggers.Select(t => new Line(t.Id, $"pack.triggers.{t.Id}", CleanText.Phrase(t.Phrase), CleanText.Whole(t.Text), t.Keywords)).Where(t => t.Phrase is not null)];
        Objections = [.. pack.Objections.Select(o => new Line(o.Id, $"pack.objections.{o.Id}", CleanText.Phrase(o.Text), CleanText.Whole(o.Answer), [])).Where(o => o.Phrase is not null && o.Text is not null)];
        _personas = [.. pack.Personas];
        _titleWords = [.. _personas.SelectMany(p => p.TitleWords.Select(w => (p, Spaced(w)))).Where(w => w.Item2.Length > 2)
            .OrderByDescending(w => w.Item2.Length)];
        OwnPhrases = Pains.Concat(Values).Concat(Triggers).Concat(Objections).ToDictionary(l => l.Path, StringComparer.Ordinal);
    }

    public IndustryPack Pack { get; }

    public string? Audience { get; }

    public string? Industry { get; }

    public IReadOnlyList<Line> Pains { get; }

    public IReadOnlyList<Line> Values { get; }

    public IReadOnlyList<Line> Triggers { get; }

    public IReadOnlyList<Line> Objections { get; }

    /// <summary>By evidence path, to tell the pack's words from ours.</summary>
    public IReadOnlyDictionary<string, Line> OwnPhrases { get; }

    /// <summary>Whose title it is; of several, the one matched by the longest words.</summary>
    public Persona? PersonaOf(string? title)
    {
        if (title is null)
            return null;
        var spaced = Spaced(title);
        foreach (var (persona, words) in _titleWords)
        {
            if (spaced.Contains(words, StringComparison.Ordinal))
                return persona;
        }

        return null;
    }

    /// <summary>Lower case, with one space around each word, so that whole words can be looked for.</summary>
    public static string Spaced(string text)
    {
        Span<char> buffer = text.Length < 250 ? stackalloc char[text.Length + 2] : new char[text.Length + 2];
        var length = 0;
        buffer[length++] = ' ';
        foreach (var unit in text)
        {
            if (char.IsLetterOrDigit(unit))
                buffer[length++] = char.ToLowerInvariant(unit);
            else if (buffer[length - 1] != ' ')
                buffer[length++] = ' ';
        }

        if (buffer[length - 1] != ' ')
            buffer[length++] = ' ';
        return new string(buffer[..length]);
    }

    /// <param name="Path">As evidence names it.</param>
    /// <param name="Phrase">Fits inside a sentence.</param>
    /// <param name="Text">A whole sentence.</param>
    /// <param name="Links">Ids of pains, or keywords.</param>
    internal sealed record Line(string Id, string Path, string? Phrase, string? Text, IReadOnlyList<string> Links)
    {
        /// <summary>Whether <paramref name="said"/> names this line: by id, phrase or text.</summary>
        public bool IsNamedBy(string said)
        {
            var trimmed = said.AsSpan().Trim().TrimEnd('.');
            return trimmed.Equals(Id, StringComparison.OrdinalIgnoreCase)
                || trimmed.Equals(Phrase, StringComparison.OrdinalIgnoreCase)
                || (Text is not null && trimmed.Equals(Text.AsSpan().TrimEnd('.'), StringComparison.OrdinalIgnoreCase));
        }

        /// <summary>The same, or holds the phrase or one of the keywords as whole words.</summary>
        public bool IsHintedAtBy(string said)
        {
            if (IsNamedBy(said) || (Phrase is not null && said.Contains(Phrase, StringComparison.OrdinalIgnoreCase)))
                return true;
            var spaced = Spaced(said);
            foreach (var word in Links)
            {
                if (spaced.Contains(Spaced(word), StringComparison.Ordinal))
                    return true;
            }

            return false;
        }
    }
}
