using System.Collections.Frozen;

namespace ProspectOps.Prospects.Import;

/// <summary>Splits a whole name into first and last.</summary>
/// <remarks>Conservative: only titles in front and words after a comma are moved. Of several words the last one is the last name,
/// with the particles before it ("Ludwig van Beethoven"); a single word is a first name, because a list of first names must not
/// make one person of all Annas of a company.</remarks>
internal static class FullName
{
    private static readonly FrozenSet<string> Honorifics = new[]
    {
        "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "herr", "frau", "mme", "mlle", "m", "sr", "sra", "srta", "don", "dona", "ing", "dipl",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Particles = new[]
    {
        "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "du", "la", "le", "los", "las", "ten", "ter", "zu", "zum", "zur", "vom", "bin", "ibn", "al", "el", "st",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Suffixes = new[] { "jr", "sr", "ii", "iii", "iv", "phd", "mba", "cpa", "esq" }.ToFrozenSet(StringComparer.Ordinal);

    public static (string? First, string? Last) Split(string name)
    {
        var comma = name.IndexOf(',', StringComparison.Ordinal);
        if (comma > 0)
        {
            var after = Words(name[(comma + 1)..]);
            if (after.Length > 0 && !after.All(word => Suffixes.Contains(FoldedText.Of(word))))
                return (Join(WithoutHonorifics(after)), Join(WithoutHonorifics(Words(name[..comma]))));
            name = name[..comma];
        }

        var words = WithoutHonorifics(Words(name));
        if (words.Length > 2 && Suffixes.Contains(FoldedText.Of(words[^1])))
            words = words[..^1];
        if (words.Length < 2)
            return (words.FirstOrDefault(), null);
        var last = words.Length - 1;
        while (last > 1 && Particles.Contains(FoldedText.Of(words[last - 1])))
            last--;
        return (Join(words[..last]), Join(words[last..]));
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static string[] WithoutHonorifics(string[] words)
    {
        var first = 0;
        while (first < words.Length - 1 && Honorifics.Contains(FoldedText.Of(words[first])))
            first++;
        return words[first..];
    }

    private static string? Join(string[] words) => words.Length == 0 ? null : string.Join(' ', words);
}
