using System.Globalization;
using System.Text;

namespace ProspectOps.Prospects;

/// <summary>Makes two spellings of a name comparable: lower case, Latin accents gone, punctuation gone, single spaces.</summary>
/// <remarks>The product runs in invariant mode, where Unicode normalisation leaves text as it is; hence a table of our
/// own, made from the decompositions of Unicode 15 and, where there is none (ß, ø, ł …), from common usage.
/// German umlauts fold to the bare letter: "Müller" is "Muller", not "Mueller".</remarks>
public static class FoldedText
{
    // One letter a code point from the first to the last; '.' keeps the character, '*' is looked up in Pairs.
    private const string From00C0 =
        "aaaaaa*ceeeeiiiidnooooo.ouuuuy**aaaaaa*ceeeeiiiidnooooo.ouuuuy*yaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkkllllllllllnnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    private const string From01Cd =
        "aaiioouuuuuuuuuu.aaaa....ggkkoooo..j***gg..nnaa....aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy";

    private const string From1E00 =
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy.s....aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

    /// <summary>Words in lower case without accents, one space between them; empty where there are none.</summary>
    /// <remarks>Apostrophes and dots vanish ("O'Brien", "S.A."), other punctuation separates, "&amp;" and "+" are "and",
    /// letters that stand alone in a row are one word ("J. P." is "jp").</remarks>
    public static string Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "";
        var folded = new StringBuilder(text.Length + 4);
        foreach (var character in text)
            Append(folded, character);
        return JoinSingleLetters(folded.ToString());
    }

    /// <summary>Letters and digits alone, folded: what header names are compared by.</summary>
    public static string Compact(string? text)
    {
        var compact = new StringBuilder();
        foreach (var character in Of(text))
        {
            if (character != ' ')
                compact.Append(character);
        }
        return compact.ToString();
    }

    private static void Append(StringBuilder folded, char character)
    {
        if (char.IsAsciiLetterOrDigit(character))
        {
            folded.Append(char.ToLowerInvariant(character));
            return;
        }
        if (Latin(character) is { } latin)
        {
            folded.Append(latin);
            return;
        }
        if (character is '&' or '+')
            folded.Append(" and ");
        else if (character is '.' or '\'' or '’' or '‘' or '`' or '´')
            return;
        else if (char.IsLetterOrDigit(character) || char.IsSurrogate(character))
            folded.Append(char.ToLowerInvariant(character));
        else if (CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark)
            return;
        else
            folded.Append(' ');
    }

    private static string? Latin(char character)
    {
        var letter = character switch
        {
            >= '\u00C0' and <= '\u017F' => From00C0[character - 0x00C0],
            >= '\u01CD' and <= '\u0233' => From01Cd[character - 0x01CD],
            >= '\u1E00' and <= '\u1EFF' => From1E00[character - 0x1E00],
            _ => '.',
        };
        return letter switch
        {
            '.' => null,
            '*' => Pair(character),
            _ => letter.ToString(),
        };
    }

    private static string? Pair(char character) => character switch
    {
        'ß' => "ss",
        'Æ' or 'æ' => "ae",
        'Œ' or 'œ' => "oe",
        'Þ' or 'þ' => "th",
        'Ĳ' or 'ĳ' => "ij",
        'Ǳ' or 'ǲ' or 'ǳ' => "dz",
        _ => null,
    };

    private static string JoinSingleLetters(string text)
    {
        var joined = new StringBuilder(text.Length);
        var lastWasSingle = false;
        foreach (var range in text.AsSpan().Split(' '))
        {
            var word = text.AsSpan()[range];
            if (word.IsEmpty)
                continue;
            var isSingle = word.Length == 1 && char.IsLetter(word[0]);
            if (joined.Length > 0 && !(isSingle && lastWasSingle))
                joined.Append(' ');
            joined.Append(word);
            lastWasSingle = isSingle;
        }
        return joined.ToString();
    }
}
