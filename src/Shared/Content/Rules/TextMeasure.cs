namespace ProspectOps.Content.Rules;

/// <summary>Sentences, words and syllables of a text, counted by hand in one pass.</summary>
internal sealed class TextMeasure
{
    public TextMeasure(string text)
    {
        Text = text;
        Sentences = Split(text);
        CountWords(text);
    }

    public string Text { get; }

    /// <summary>Where each sentence begins and how long it is. A line that ends without a full stop, such as a greeting, is one too.</summary>
    public IReadOnlyList<(int Start, int Length)> Sentences { get; }

    /// <summary>What stands between white space.</summary>
    public int Words { get; private set; }

    public int Syllables { get; private set; }

    /// <summary>Flesch–Kincaid: 0.39 × words a sentence + 11.8 × syllables a word − 15.59, over sentences that end as such.</summary>
    /// <remarks>Source: Kincaid et al., Derivation of New Readability Formulas, 1975. Greeting and closing lines count as sentences of their own, which favours no message over another.</remarks>
    public double ReadingGrade => Words == 0 ? 0 : (0.39 * Words / Math.Max(1, Sentences.Count)) + (11.8 * Syllables / Words) - 15.59;

    public ReadOnlySpan<char> Sentence(int index) => Text.AsSpan(Sentences[index].Start, Sentences[index].Length);

    private static List<(int, int)> Split(string text)
    {
        var sentences = new List<(int, int)>(12);
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var unit = text[i];
            var ends = unit == '\n' || (unit is '.' or '!' or '?' && EndsSentence(text, i));
            if (!ends)
                continue;
            var end = unit == '\n' ? i : i + 1;
            // A quotation closes after its full stop.
            while (unit != '\n' && end < text.Length && text[end] is '"' or ')' or '.' or '!' or '?')
                end++;
            Take(sentences, text, start, end);
            start = Math.Max(end, i + 1);
            i = start - 1;
        }

        Take(sentences, text, start, text.Length);
        return sentences;
    }

    private static bool EndsSentence(string text, int at)
    {
        var next = at + 1;
        while (next < text.Length && text[next] is '"' or ')' or '.' or '!' or '?')
            next++;
        return next >= text.Length || char.IsWhiteSpace(text[next]);
    }

    private static void Take(List<(int, int)> sentences, string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        if (end > start)
            sentences.Add((start, end - start));
    }

    private void CountWords(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inWord = i < text.Length && !char.IsWhiteSpace(text[i]);
            if (inWord && start < 0)
            {
                start = i;
            }
            else if (!inWord && start >= 0)
            {
                Words++;
                Syllables += SyllablesOf(text.AsSpan(start, i - start));
                start = -1;
            }
        }
    }

    /// <summary>Groups of vowels; a silent e at the end is none. At least one.</summary>
    private static int SyllablesOf(ReadOnlySpan<char> word)
    {
        var count = 0;
        var wasVowel = false;
        var last = '\0';
        var letters = 0;
        foreach (var unit in word)
        {
            if (!char.IsLetter(unit))
                continue;
            var lower = char.ToLowerInvariant(unit);
            var isVowel = lower is 'a' or 'e' or 'i' or 'o' or 'u' or 'y' or > '\u00DF';
            if (isVowel && !wasVowel)
                count++;
            (wasVowel, last) = (isVowel, lower);
            letters++;
        }

        if (last == 'e' && count > 1 && letters > 2 && !EndsInLe(word))
            count--;
        return Math.Max(1, count);
    }

    private static bool EndsInLe(ReadOnlySpan<char> word) =>
        word.TrimEnd(".,;:!?\"").EndsWith("le", StringComparison.OrdinalIgnoreCase);
}
