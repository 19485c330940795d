using System.Globalization;

namespace ProspectOps.Validation;

/// <summary>Finds domains that look like others by letters of another script, as <c>аррӏе.com</c> in Cyrillic looks like apple.com.</summary>
/// <remarks>The rules of browsers, cut down to what deceives (UTS 39, restriction level "moderately restrictive"): a label that mixes Latin with
/// a script that resembles it, or one whose letters all resemble Latin ones under a top level of another script than theirs.</remarks>
internal static class HomographDomain
{
    // Letters that pass for a Latin one (Unicode's confusables.txt), by script.
    private const string CyrillicLookalikes = "аӓсԁеёѐһіїјӏкмноӧрԛѕтѵԝхуӱѡгьвпԍɡҽ";
    private const string GreekLookalikes = "αβγεηικνορτυχωϲϳ";
    private const string ArmenianLookalikes = "ագզհոսցօքյւնլ";

    /// <param name="ascii">The domain in lower-case A-labels.</param>
    public static bool Is(string ascii)
    {
        if (!ascii.Contains("xn--", StringComparison.Ordinal))
            return false;
        var labels = UnicodeOf(ascii).Split('.');
        var isTopLatin = System.Text.Ascii.IsValid(labels[^1]);
        return labels.Any(label => !System.Text.Ascii.IsValid(label) && Deceives(label, isTopLatin));
    }

    private static bool Deceives(string label, bool isTopLatin)
    {
        var (latin, lookalike, other) = (false, 0, 0);
        foreach (var letter in label)
        {
            if (char.IsAsciiDigit(letter) || letter == '-')
                continue;
            if (letter < 0x0250)
                latin = true;
            else if (CyrillicLookalikes.Contains(letter, StringComparison.Ordinal) || GreekLookalikes.Contains(letter, StringComparison.Ordinal) || ArmenianLookalikes.Contains(letter, StringComparison.Ordinal))
                lookalike++;
            else
                other++;
        }
        return latin ? lookalike > 0 : isTopLatin && lookalike > 0 && other == 0;
    }

    private static string UnicodeOf(string ascii)
    {
        try
        {
            return new IdnMapping().GetUnicode(ascii);
        }
        catch (ArgumentException)
        {
            // No international name after all; the parser has already let it pass as letters and digits.
            return ascii;
        }
    }
}
