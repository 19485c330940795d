using System.Text;

namespace ProspectOps.Content.Copy;

/// <summary>A message put together from its sentences, with what each of them rests on.</summary>
internal sealed record Composition(string Subject, string Body, IReadOnlyList<Evidence> Evidence, IReadOnlyList<Sentence> Sentences)
{
    /// <summary>Paragraphs parted by an empty line; the closing's lines by a line break. Optional sentences go until it fits.</summary>
    public static Composition Email(Draft draft, int mostWords)
    {
        var sentences = draft.Sentences.ToList();
        var words = sentences.Where(s => s.Part != Part.Subject).Sum(s => CountWords(s.Text));
        while (words > mostWords && LeastNeeded(sentences) is { } victim)
        {
            words -= CountWords(victim.Text);
            sentences.Remove(victim);
        }

        return Of(draft, sentences);
    }

    /// <summary>The same, measured in characters, which LinkedIn limits.</summary>
    public static Composition Short(Draft draft, int mostCharacters)
    {
        var sentences = draft.Sentences.ToList();
        while (true)
        {
            var composition = Of(draft, sentences);
            if (composition.Body.Length <= mostCharacters || LeastNeeded(sentences) is not { } victim)
                return composition;
            sentences.Remove(victim);
        }
    }

    public static int CountWords(string text)
    {
        var count = 0;
        var inWord = false;
        foreach (var unit in text)
        {
            var isWord = !char.IsWhiteSpace(unit);
            if (isWord && !inWord)
                count++;
            inWord = isWord;
        }

        return count;
    }

    /// <summary>Each sentence with each path that it rests on, once.</summary>
    public static List<Evidence> EvidenceOf(IEnumerable<Sentence> sentences, FactSheet facts)
    {
        var evidence = new List<Evidence>();
        foreach (var sentence in sentences)
        {
            if (sentence.Part is Part.Subject or Part.Visual)
                continue;
            var first = evidence.Count;
            foreach (var fact in sentence.RestsOn.Each())
            {
                foreach (var path in facts.Sources(fact))
                {
                    if (!Holds(evidence, first, path))
                        evidence.Add(new(sentence.Text, path));
                }
            }
        }

        return evidence;
    }

    private static Composition Of(Draft draft, List<Sentence> sentences)
    {
        var body = new StringBuilder(640);
        Sentence? before = null;
        foreach (var sentence in sentences)
        {
            if (sentence.Part is Part.Subject or Part.Visual)
                continue;
            if (before is not null)
                body.Append(Gap(before, sentence));
            body.Append(sentence.Text);
            before = sentence;
        }

        var subject = sentences.Find(s => s.Part == Part.Subject)?.Text ?? "";
        return new(subject, body.ToString(), EvidenceOf(sentences, draft.Facts), sentences);
    }

    private static string Gap(Sentence before, Sentence next)
    {
        if (before.Part != next.Part)
            return "\n\n";
        if (next.Part == Part.Closing)
            return "\n";
        return before.Paragraph == next.Paragraph ? " " : "\n\n";
    }

    private static Sentence? LeastNeeded(List<Sentence> sentences)
    {
        Sentence? least = null;
        foreach (var sentence in sentences)
        {
            if (sentence.Drop > (least?.Drop ?? 0))
                least = sentence;
        }

        return least;
    }

    private static bool Holds(List<Evidence> evidence, int first, string path)
    {
        for (var i = first; i < evidence.Count; i++)
        {
            if (evidence[i].From == path)
                return true;
        }

        return false;
    }
}
