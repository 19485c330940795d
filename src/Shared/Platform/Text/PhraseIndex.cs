using System.Collections.Frozen;

namespace ProspectOps.Platform.Text;

/// <summary>Finds phrases as whole words. Built once, read by many.</summary>
/// <remarks>Looked up by a phrase's first word; under one word the longest phrase comes first, then the one that was given first.</remarks>
internal sealed class PhraseIndex<T>
{
    private readonly FrozenDictionary<string, Entry[]> _byFirstWord;

    public PhraseIndex(IEnumerable<(string Phrase, T Value)> phrases)
    {
        _byFirstWord = phrases
            .SelectMany(item => FoldedWords.Spellings(item.Phrase).Select(words => new Entry(words, item.Phrase, item.Value)))
            .Where(entry => entry.Words.Length > 0)
            .GroupBy(entry => entry.Words[0], StringComparer.Ordinal)
            // OrderBy is stable: among equals the order of the input stays.
            .ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(entry => entry.Words.Length).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>Every phrase at every place, overlaps included, in the order of the text.</summary>
    public IEnumerable<PhraseMatch<T>> All(List<FoldedWord> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (!_byFirstWord.TryGetValue(words[i].Text, out var entries))
                continue;
            foreach (var entry in entries)
            {
                if (entry.StandsAt(words, i))
                    yield return new PhraseMatch<T>(i, entry.Words.Length, entry.Phrase, entry.Value);
            }
        }
    }

    /// <summary>The longest phrase at each place, from the left, without overlaps.</summary>
    public IEnumerable<PhraseMatch<T>> Longest(List<FoldedWord> words)
    {
        var behind = 0;
        foreach (var match in All(words))
        {
            if (match.At < behind)
                continue;
            behind = match.At + match.Length;
            yield return match;
        }
    }

    private sealed record Entry(string[] Words, string Phrase, T Value)
    {
        public bool StandsAt(List<FoldedWord> words, int at)
        {
            if (at + Words.Length > words.Count || words[at].Clause != words[at + Words.Length - 1].Clause)
                return false;
            for (var i = 1; i < Words.Length; i++)
            {
                if (!string.Equals(words[at + i].Text, Words[i], StringComparison.Ordinal))
                    return false;
            }
            return true;
        }
    }
}
