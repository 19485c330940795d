using System.Collections.Frozen;
using ProspectOps.Platform.Text;
using ProspectOps.Research;

namespace ProspectOps.Prospects.Scoring;

/// <summary>The words of job titles that tell a rank, in English, German, French, Spanish and a few of their neighbours.</summary>
/// <remarks>The longest phrase at a place wins, so that "account executive" is not an executive, nor "product owner" an owner.</remarks>
internal static class SeniorityWords
{
    private static readonly string[] Executive =
    [
        "ceo", "cfo", "coo", "cto", "cio", "cmo", "cro", "cpo", "cso", "ciso", "cdo", "cco", "chro", "clo", "cno", "cmio", "cao", "cxo", "cgo", "cbo",
        "chief", "managing director", "executive director", "executive chairman", "chair", "chairman", "chairwoman", "chairperson", "president", "founder", "cofounder",
        "co founder", "owner", "co owner", "proprietor", "managing partner", "general partner", "founding partner", "senior partner", "board member",
        "svp", "evp", "senior vice president", "executive vice president", "group vice president", "senior vp", "executive vp",
        "superintendent", "provost", "chancellor", "vice chancellor", "pro vice chancellor", "rector", "vice rector",
        "geschäftsführer", "geschäftsführerin", "geschäftsführung", "geschäftsleitung", "geschäftsleiter", "geschäftsleiterin", "vorstand", "vorständin", "vorstandsmitglied", "vorstandsvorsitzender", "vorstandsvorsitzende",
        "inhaber", "inhaberin", "gründer", "gründerin", "generaldirektor", "generaldirektorin", "gesellschafter", "geschäftsführender gesellschafter",
        "pdg", "dg", "directeur général", "directrice générale", "président", "présidente", "gérant", "gérante", "fondateur", "fondatrice", "cofondateur", "cofondatrice",
        "director general", "directora general", "gerente general", "consejero delegado", "consejera delegada", "fundador", "fundadora", "presidente", "propietario", "dueño",
        "amministratore delegato", "algemeen directeur", "bestuurder", "diretor geral", "vd", "prezes",
    ];

    private static readonly string[] Director =
    [
        "director", "vp", "vice president", "associate vice president", "head of", "general manager", "gm", "country manager", "non executive director", "ned", "chief of staff",
        "associate director", "deputy director", "plant manager", "site manager", "works manager", "dean", "headteacher", "head teacher", "headmaster", "headmistress",
        "registrar", "treasurer", "managing broker", "principal broker", "hospital administrator", "nursing home administrator", "practice director", "school principal", "bursar",
        "direktor", "direktorin", "prokurist", "prokuristin", "leiter", "leiterin", "leitung", "werksleiter", "werkleiter",
        "directeur", "directrice", "daf", "dsi", "drh", "directora", "direttore", "direttrice", "diretor", "diretora", "hoofd", "subdirector", "subdirectora", "dyrektor",
    ];

    private static readonly string[] Manager =
    [
        "manager", "managerin", "mgr", "team lead", "team leader", "teamlead", "supervisor", "controller", "comptroller", "avp", "assistant vice president", "assistant director",
        "mlro", "dpo", "company secretary", "executive chef", "head chef", "head nurse", "charge nurse", "nurse manager", "chief engineer", "chief accountant", "vice principal", "assistant principal",
        "department chair", "tech lead", "matron",
        "teamleiter", "teamleiterin", "teamleitung", "gruppenleiter", "gruppenleiterin", "schichtleiter", "schichtleiterin", "projektleiter", "projektleiterin", "projektleitung", "filialleiter", "filialleiterin", "marktleiter", "marktleiterin", "stationsleitung", "meister",
        "responsable", "chef de projet", "cheffe de projet", "chef de produit", "cheffe de produit", "chef de service", "chef des ventes", "chef d'équipe",
        "gerente", "jefe", "jefa", "encargado", "encargada", "coordinador general", "responsabile", "teamleider", "kierownik",
    ];

    // Words that would be misread without them.
    private static readonly string[] Specialist =
    [
        "account executive", "sales executive", "marketing executive", "executive assistant", "crm executive", "customer service executive", "advertising executive", "hr executive", "operations executive", "business development executive", "retention executive",
        "account manager", "key account manager", "office manager", "community manager", "social media manager", "case manager", "relationship manager", "vip host",
        "product owner", "process owner", "business partner", "channel partner", "partner manager", "lead generation",
        "loan officer", "credit officer", "scrum master", "head waiter", "compliance officer", "owner relations",
    ];

    // Whoever is learning is a specialist whatever else the title says.
    private static readonly FrozenSet<string> Learners = FrozenSet.ToFrozenSet(
        ["intern", "internship", "trainee", "student", "werkstudent", "werkstudentin", "praktikant", "praktikantin", "apprentice", "azubi", "auszubildender", "auszubildende", "stagiaire", "becario", "becaria", "alternant", "alternante", "graduate"],
        StringComparer.Ordinal);

    private static readonly PhraseIndex<string> Phrases = new(
        Executive.Select(phrase => (phrase, RubricKeys.Executive))
            .Concat(Director.Select(phrase => (phrase, RubricKeys.Director)))
            .Concat(Manager.Select(phrase => (phrase, RubricKeys.Manager)))
            .Concat(Specialist.Select(phrase => (phrase, RubricKeys.Specialist))));

    // German writes the field and the rank as one word; Geschäftsführer and the small ranks are in the lists.
    private static readonly (string Ending, string Level)[] Endings =
    [
        ("geschaftsfuhrer", RubricKeys.Executive), ("geschaftsfuhrerin", RubricKeys.Executive),
        ("leiter", RubricKeys.Director), ("leiterin", RubricKeys.Director), ("leitung", RubricKeys.Director), ("direktor", RubricKeys.Director), ("direktorin", RubricKeys.Director),
        ("manager", RubricKeys.Manager), ("managerin", RubricKeys.Manager),
    ];

    /// <summary>The highest rank among the positions held, and the word that tells it; no word means a specialist.</summary>
    public static (string Level, string? Word) Of(JobTitle title)
    {
        if (title.Assists)
            return (RubricKeys.Specialist, null);
        if (title.Words.FirstOrDefault(word => Learners.Contains(word.Text)) is { Text: { } learner })
            return (RubricKeys.Specialist, learner);

        (string Level, string? Word) best = (RubricKeys.Specialist, null);
        var taken = new bool[title.Words.Count];
        foreach (var match in Phrases.Longest(title.Words))
        {
            Array.Fill(taken, true, match.At, match.Length);
            best = Higher(best, (match.Value, match.Phrase));
        }
        for (var i = 0; i < taken.Length; i++)
        {
            if (!taken[i] && ByPlace(title.Words, i) is { } level)
                best = Higher(best, (level, title.Words[i].Text));
        }
        return best;
    }

    /// <summary>Whether the word alone stands for a member of the board.</summary>
    public static bool IsChief(string word) => word.Length is 3 or 4 && Executive.Contains(word, StringComparer.Ordinal);

    // Words that tell a rank only at the end of a position: "Department Head", but not "head gardener".
    private static string? ByPlace(List<FoldedWord> words, int i)
    {
        var word = words[i].Text;
        var isLast = i + 1 == words.Count || words[i + 1].Clause != words[i].Clause;
        return word switch
        {
            "partner" when isLast => RubricKeys.Executive,
            "head" or "principal" when isLast => RubricKeys.Director,
            "lead" when isLast => RubricKeys.Manager,
            _ => Endings.FirstOrDefault(ending => word.Length > ending.Ending.Length && word.EndsWith(ending.Ending, StringComparison.Ordinal)).Level,
        };
    }

    private static (string Level, string? Word) Higher((string Level, string? Word) one, (string Level, string? Word) other) =>
        one.Word is null || Rank(other.Level) < Rank(one.Level) ? other : one;

    private static int Rank(string level)
    {
        for (var i = 0; i < RubricKeys.Seniority.Count; i++)
        {
            if (RubricKeys.Seniority[i] == level)
                return i;
        }
        throw new ArgumentOutOfRangeException(nameof(level), level, "No such level.");
    }
}
