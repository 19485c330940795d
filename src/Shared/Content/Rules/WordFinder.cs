using System.Buffers;

namespace ProspectOps.Content.Rules;

/// <summary>Finds any of many words or phrases in one pass, as whole words, whatever their case.</summary>
internal sealed class WordFinder(IEnumerable<string> words)
{
    private readonly string[] _words = [.. words.OrderByDescending(w => w.Length)];
    private readonly SearchValues<string> _search = SearchValues.Create([.. words], StringComparison.OrdinalIgnoreCase);

    /// <returns>The first one found, as the list has it; null for none.</returns>
    public string? Find(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var from = 0;
        while (from < text.Length)
        {
            var at = text.AsSpan(from).IndexOfAny(_search);
            if (at < 0)
                return null;
            at += from;
            foreach (var word in _words)
            {
                if (text.AsSpan(at).StartsWith(word, StringComparison.OrdinalIgnoreCase) && IsWhole(text, at, word.Length))
                    return word;
            }

            from = at + 1;
        }

        return null;
    }

    private static bool IsWhole(string text, int at, int length) =>
        (at == 0 || !char.IsLetterOrDigit(text[at - 1]) || !char.IsLetterOrDigit(text[at]))
        && (at + length >= text.Length || !char.IsLetterOrDigit(text[at + length]) || !char.IsLetterOrDigit(text[at + length - 1]));
}
