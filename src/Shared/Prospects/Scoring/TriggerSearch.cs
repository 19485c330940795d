using System.Collections.Frozen;
using ProspectOps.Platform.Text;
using ProspectOps.Research;

namespace ProspectOps.Prospects.Scoring;

/// <summary>Looks for a pack's triggers in what a prospect's record says in free text.</summary>
internal static class TriggerSearch
{
    // What lies behind is not read, so that one record cannot hold up a batch.
    private const int LongestNotes = 20_000;
    private const int LongestCustom = 2_000;
    private const int MostCustomFields = 100;

    private const int ContextChars = 24;
    private const int LongestWords = 60;

    // So many words before a phrase may deny it: "not currently hiring".
    private const int NegationReach = 3;

    private static readonly FrozenSet<string> Negations = FrozenSet.ToFrozenSet(
        ["no", "not", "never", "without", "isnt", "arent", "dont", "doesnt", "didnt", "wont", "hasnt", "havent", "wasnt", "cannot", "kein", "keine", "keinen", "nicht", "ohne", "pas", "sans", "sin", "stopped", "cancelled", "canceled"],
        StringComparer.Ordinal);

    /// <summary>Each trigger at most once, where it was found first: title, then notes, then custom fields by name.</summary>
    public static IReadOnlyDictionary<string, FoundTrigger> Find(PackRules rules, Prospect prospect)
    {
        var found = new Dictionary<string, FoundTrigger>(StringComparer.Ordinal);
        foreach (var (field, text, longest) in Fields(prospect))
        {
            var words = FoldedWords.Words(text, longest);
            foreach (var match in rules.Triggers.All(words))
            {
                if (!found.ContainsKey(match.Value.Id) && !IsDenied(words, match.At))
                    found.Add(match.Value.Id, Quote(match, field, text, words));
            }
        }
        return found;
    }

    /// <summary>Whether there is anything beyond the title to look into.</summary>
    public static bool HasText(Prospect prospect) =>
        !string.IsNullOrWhiteSpace(prospect.Notes) || (prospect.Custom is { } custom && custom.Values.Any(value => !string.IsNullOrWhiteSpace(value)));

    private static IEnumerable<(string Field, string Text, int Longest)> Fields(Prospect prospect)
    {
        if (!string.IsNullOrWhiteSpace(prospect.Title))
            yield return ("title", prospect.Title, LongestCustom);
        if (!string.IsNullOrWhiteSpace(prospect.Notes))
            yield return ("notes", prospect.Notes, LongestNotes);
        if (prospect.Custom is null)
            yield break;
        // By name, since the order of a dictionary is nobody's promise.
        foreach (var (name, value) in prospect.Custom.OrderBy(field => field.Key, StringComparer.Ordinal).Take(MostCustomFields))
        {
            if (!string.IsNullOrWhiteSpace(value))
                yield return ($"custom.{ShortText.Of(name, LongestWords)}", value, LongestCustom);
        }
    }

    private static bool IsDenied(List<FoldedWord> words, int at)
    {
        for (var i = at - 1; i >= 0 && i >= at - NegationReach && words[i].Clause == words[at].Clause; i--)
        {
            if (Negations.Contains(words[i].Text))
                return true;
        }
        return false;
    }

    private static FoundTrigger Quote(PhraseMatch<BuyingTrigger> match, string field, string text, List<FoldedWord> words)
    {
        var first = match.At;
        var last = match.At + match.Length - 1;
        var found = text[words[first].Start..words[last].End];
        var from = words[first].Start - ContextChars;
        var to = words[last].End + ContextChars;
        while (first > 0 && words[first - 1].Start >= from)
            first--;
        while (last + 1 < words.Count && words[last + 1].End <= to)
            last++;
        var around = ShortText.Of(text[words[first].Start..words[last].End], LongestWords + (2 * ContextChars));
        return new FoundTrigger(match.Value, field, ShortText.Of(found, LongestWords), $"{(first > 0 ? "…" : "")}{around}{(last + 1 < words.Count ? "…" : "")}");
    }
}
