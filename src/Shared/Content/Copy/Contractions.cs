using System.Text.RegularExpressions;

namespace ProspectOps.Content.Copy;

/// <summary>Makes a shared template speak as people do to each other, for the friendly tone: "I am" becomes "I'm".</summary>
internal sealed class Contractions
{
    private readonly (Regex Long, string Short)[] _pairs;

    private Contractions((Regex, string)[] pairs) => _pairs = pairs;

    public static Contractions Load() => new([.. DataFile.Lines("contractions.txt").Select(line =>
    {
        var parts = line.Split('=', 2);
        // Not before the end of a sentence or a comma: nobody writes "as it's."
        return (new Regex($@"\b{Regex.Escape(parts[0].Trim())}(?=\s\w)", RegexOptions.CultureInvariant), parts[1].Trim());
    })]);

    public string Apply(string template)
    {
        foreach (var (@long, @short) in _pairs)
            template = @long.Replace(template, @short);
        return template;
    }
}
