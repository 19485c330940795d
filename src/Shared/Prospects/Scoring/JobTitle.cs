using System.Collections.Frozen;
using ProspectOps.Platform.Text;

namespace ProspectOps.Prospects.Scoring;

/// <summary>The positions that a job title says its holder has now.</summary>
/// <param name="Words">Words of the positions held; what was held before, and whom one reports to, is left out.</param>
/// <param name="Assists">It is the title of somebody's assistant: the words of the one assisted say nothing of the holder.</param>
internal sealed record JobTitle(List<FoldedWord> Words, bool Assists)
{
    // Nobody's title is longer; of a hostile one the rest is not read.
    private const int LongestTitle = 300;

    private static readonly FrozenSet<string> Former = FrozenSet.ToFrozenSet(
        ["former", "formerly", "ex", "previously", "past", "retired", "emeritus", "ehemals", "ehemaliger", "ehemalige", "ehem", "ancien", "ancienne", "antiguo", "antigua"],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> Assistants = FrozenSet.ToFrozenSet(
        ["assistant", "assistants", "assistante", "assistent", "assistentin", "assistenz", "asistente", "assistente", "vorstandsassistenz", "vorstandsassistentin", "secretary", "sekretar", "sekretarin", "secretaire", "secretaria", "ea", "pa"],
        StringComparer.Ordinal);

    // An assistant director is a director of a lower rank, not the assistant of one.
    private static readonly FrozenSet<string> RanksThatAssist = FrozenSet.ToFrozenSet(
        ["director", "manager", "vice", "vp", "general", "professor", "principal", "headteacher", "dean", "superintendent", "controller", "underwriter", "broker", "branch", "store", "operations", "plant", "project", "product", "academica"],
        StringComparer.Ordinal);

    // "Sales Manager at Acme": what follows is something else.
    private static readonly FrozenSet<string> Ends = FrozenSet.ToFrozenSet(["at", "bei", "chez", "reporting", "supporting"], StringComparer.Ordinal);

    // "Advisor to the CEO", but not "Head of Go-to-Market".
    private static readonly FrozenSet<string> Superiors = FrozenSet.ToFrozenSet(
        ["the", "our", "chief", "vp", "vice", "director", "president", "managing", "executive", "board", "founder", "head", "owner"], StringComparer.Ordinal);

    public static JobTitle Of(string title)
    {
        var kept = new List<FoldedWord>();
        var assists = false;
        foreach (var clause in FoldedWords.Words(title, LongestTitle).GroupBy(word => word.Clause))
        {
            var words = clause.ToList();
            if (Former.Contains(words[0].Text))
            {
                // "CEO (former)": the word stands behind what it speaks of.
                if (words.Count == 1 && kept.Count > 0)
                {
                    var last = kept[^1].Clause;
                    kept.RemoveAll(word => word.Clause == last);
                }
                continue;
            }
            if (IsOfficeOf(words))
            {
                assists = true;
                continue;
            }
            var assistant = Assistant(words);
            assists |= assistant;
            var end = EndOfPosition(words);
            kept.AddRange(words[..end].Where(word => !assistant || Assistants.Contains(word.Text)));
        }
        return new JobTitle(kept, assists);
    }

    private static bool Assistant(List<FoldedWord> words)
    {
        var at = words.FindIndex(word => Assistants.Contains(word.Text));
        // "Company Secretary" and "General Secretary" are offices of their own.
        if (at < 0 || (words[at].Text is "secretary" or "secretaire" && at > 0 && words[at - 1].Text is "company" or "corporate" or "general"))
            return false;
        return at + 1 >= words.Count || !RanksThatAssist.Contains(words[at + 1].Text);
    }

    private static int EndOfPosition(List<FoldedWord> words)
    {
        for (var i = 1; i < words.Count; i++)
        {
            if (Ends.Contains(words[i].Text) || (words[i].Text == "to" && i + 1 < words.Count && IsSuperior(words[i + 1].Text)))
                return i;
        }
        return words.Count;
    }

    private static bool IsSuperior(string word) => Superiors.Contains(word) || SeniorityWords.IsChief(word);

    private static bool IsOfficeOf(List<FoldedWord> words) =>
        words.Count > 1 && ((words[0].Text == "office" && words[1].Text == "of") || (words[^1].Text == "office" && words.Count == 2 && SeniorityWords.IsChief(words[0].Text)));
}
