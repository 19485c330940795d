using System.Collections.Frozen;

namespace ProspectOps.Prospects;

/// <summary>Compares companies by name: "Müller GmbH &amp; Co. KG" and "MULLER" are the same.</summary>
public static class CompanyName
{
    private static readonly FrozenSet<string> LegalForms = new[]
    {
        "ab", "ag", "aps", "as", "asa", "bhd", "bv", "bvba", "co", "company", "corp", "corporation", "cv", "cvba", "da", "doo", "dba",
        "dd", "ead", "ek", "eood", "ev", "eg", "gesmbh", "ggmbh", "gmbh", "gbr", "hb", "hf", "ehf", "inc", "incorporated", "jsc", "kb", "kft",
        "kg", "kgaa", "kk", "ks", "lda", "limited", "limitada", "llc", "llp", "lp", "ltd", "ltda", "mbh", "nv", "nyrt", "ohg", "ood",
        "oao", "ooo", "ou", "oy", "oyj", "pc", "plc", "private", "pte", "pty", "pvt", "rt", "sa", "sab", "sapi", "sas", "sarl", "sasu",
        "sca", "scs", "sdn", "se", "sgps", "sia", "sl", "slu", "snc", "sp", "spa", "spol", "spzoo", "sro", "srl", "srls", "ug", "uab", "vof", "zoo", "zrt",
        "z", "oo", "haftungsbeschrankt",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The name's words folded, without the legal forms that end it; empty where there is no name.</summary>
    /// <remarks>At least one word stays: a company that is called "AG" is "ag".</remarks>
    public static string Fold(string? company)
    {
        var folded = FoldedText.Of(company).AsSpan();
        while (folded.LastIndexOf(' ') is > 0 and var space)
        {
            var last = folded[(space + 1)..];
            // "and" joins two forms, as in "GmbH & Co. KG"; at the end it joins nothing.
            if (!last.SequenceEqual("and") && !LegalForms.GetAlternateLookup<ReadOnlySpan<char>>().Contains(last))
                break;
            folded = folded[..space];
        }
        return folded.ToString();
    }
}
