using System.Text.RegularExpressions;

namespace ProspectOps.Content.Rules;

/// <summary>A sentence that states something about the reader, tells of a discovery, or holds a number needs evidence that covers it and that exists.</summary>
/// <remarks>Questions and conditions state nothing, and "your time" is a courtesy; a number of minutes is the length of a call that is offered; digits of a reply to choose ("Reply 1") are offered too.</remarks>
internal sealed partial class UnsupportedClaims : IQualityRule
{
    public string Id => "unsupported_claim";

    public int Weight => 30;

    public string? Check(CheckedMessage message)
    {
        var measure = message.Measure;
        List<(int Start, int End)>? covered = null;
        for (var i = 0; i < measure.Sentences.Count; i++)
        {
            var sentence = measure.Sentence(i);
            if (!States(sentence))
                continue;
            covered ??= Covered(message);
            var (start, length) = measure.Sentences[i];
            if (!covered.Exists(c => c.Start < start + length && start < c.End))
                return $"Sentence {i + 1} states something without evidence.";
        }

        return null;
    }

    private static bool States(ReadOnlySpan<char> sentence)
    {
        var isQuestion = sentence[^1] == '?';
        var isCondition = sentence.StartsWith("If ", StringComparison.OrdinalIgnoreCase) || sentence.StartsWith("Should ", StringComparison.Ordinal)
            || sentence.StartsWith("Please ", StringComparison.OrdinalIgnoreCase) || sentence.StartsWith("Reply ", StringComparison.Ordinal) || sentence.StartsWith("Unless ", StringComparison.Ordinal);
        if (sentence.ContainsAnyInRange('0', '9') && !isCondition && !OnlyMinutes(sentence))
            return true;
        return !isQuestion && !isCondition && (AboutReader().IsMatch(sentence) || Discovery().IsMatch(sentence));
    }

    private static bool OnlyMinutes(ReadOnlySpan<char> sentence) => !NumberThatClaims().IsMatch(sentence);

    private static List<(int, int)> Covered(CheckedMessage message)
    {
        var covered = new List<(int, int)>(message.Evidence.Count);
        foreach (var evidence in message.Evidence)
        {
            if (!EvidencePath.Exists(message.Request, evidence.From))
                continue;
            var at = message.Body.IndexOf(evidence.Claim, StringComparison.Ordinal);
            if (at >= 0 && evidence.Claim.Length > 0)
                covered.Add((at, at + evidence.Claim.Length));
        }

        return covered;
    }

    [GeneratedRegex(@"\b(your(?! (time|reply|answer|patience)\b)|yours)\b|\byou(['’]re|['’]ve| (are|were|have|had|do|run|lead|own|manage|need|want|use|face|lose|spend|look|seem|must|work|recently|just|probably|likely|already|still|currently)\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AboutReader();

    [GeneratedRegex(@"\bI (saw|noticed|read|heard|found|learned|came across|understand) ", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Discovery();

    [GeneratedRegex(@"\d(?![\d.,]*[\s-](minutes?|min)\b)(?!\d)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NumberThatClaims();
}
