using System.Text.RegularExpressions;

namespace ProspectOps.Tests.Content;

/// <summary>Reads a message as a strict editor would. Written apart from the product's own rules, so that both would have to be wrong.</summary>
internal static partial class CopyChecker
{
    private static readonly string[] Broken =
        ["  ", " ,", " .", " ?", " !", " :", "{{", "}}", "Hi ,", "Hello ,", "Dear ,", "undefined", "null", "\n\n\n", "..", ",,", ",.", "?.", ":.", " \n", "\n ", "\t", "\r", "<", ">", "http", "()", "\"\""];

    public static List<string> FaultsOf(string body, bool hasClosing = true)
    {
        var faults = Broken.Where(mark => body.Contains(mark, StringComparison.Ordinal)).Select(mark => $"holds \"{mark}\"").ToList();
        if (body.Count(c => c == '"') % 2 != 0)
            faults.Add("quotes are not balanced");
        if (body != body.Trim())
            faults.Add("white space at an end");
        var paragraphs = body.Split("\n\n");
        for (var i = 0; i < paragraphs.Length; i++)
        {
            var isGreeting = i == 0;
            var isClosing = hasClosing && i == paragraphs.Length - 1 && paragraphs[i].Split('\n')[0] is "Best regards," or "All the best," or "Kind regards,";
            if (isGreeting)
            {
                if (!Greeting().IsMatch(paragraphs[i]))
                    faults.Add($"greeting \"{paragraphs[i]}\"");
            }
            else if (isClosing)
            {
                if (paragraphs[i].Split('\n').Any(string.IsNullOrWhiteSpace) || paragraphs[i].Split('\n').Length < 2)
                    faults.Add($"closing \"{paragraphs[i]}\"");
            }
            else
            {
                faults.AddRange(ParagraphFaults(paragraphs[i]));
            }
        }

        return faults;
    }

    public static IEnumerable<string> ParagraphFaults(string paragraph)
    {
        if (paragraph.Contains('\n', StringComparison.Ordinal))
            yield return $"line break inside \"{paragraph}\"";
        if (!Ending().IsMatch(paragraph))
            yield return $"no full stop: \"{paragraph}\"";
        foreach (var sentence in SentenceEnd().Split(paragraph))
        {
            if (!Beginning().IsMatch(sentence))
                yield return $"no capital: \"{sentence}\"";
        }
    }

    [GeneratedRegex(@"^(Hi|Hello|Dear|Good day)( \p{Lu}[\p{L}'’ .-]*)?,$")]
    private static partial Regex Greeting();

    [GeneratedRegex(@"[.?][""]?$")]
    private static partial Regex Ending();

    [GeneratedRegex(@"^[""]?[\p{Lu}\d]")]
    private static partial Regex Beginning();

    [GeneratedRegex(@"(?<=[.?][""]?) (?=\S)")]
    private static partial Regex SentenceEnd();
}
