namespace ProspectOps.Platform.Text;

/// <summary>The letter under an accent, for the Latin letters of Europe and Vietnam.</summary>
/// <remarks>An own table, because without ICU (see Directory.Build.props) <see cref="string.Normalize()"/> leaves accents on.</remarks>
internal static class AccentTable
{
    private const char Unknown = '?';

    private const string FromC0To24F =
        "aaaaaaaceeeeiiiidnooooo?ouuuuytsaaaaaaaceeeeiiiidnooooo?ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggg" +
        "gggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs" +
        "????????????????????????????????oo?????????????uu????????????????????????????aaiioouuuuuuuuuu?aa" +
        "aaaa??ggkkoooo??j???gg??nnaaaaooaaaaeeeeiiiioooorrrruuuusstt??hh??????aaeeooooooooyy????????????" +
        "????????????????";

    private const string From1E00To1EFF =
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrr" +
        "ssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy?s??s?aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee" +
        "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy??????";

    /// <summary>The plain lower-case letter, or the character itself in lower case where there is none.</summary>
    public static char Fold(char c)
    {
        var plain = c switch
        {
            < '\u00C0' => Unknown,
            <= '\u024F' => FromC0To24F[c - '\u00C0'],
            >= '\u1E00' and <= '\u1EFF' => From1E00To1EFF[c - '\u1E00'],
            _ => Unknown,
        };
        return plain == Unknown ? char.ToLowerInvariant(c) : plain;
    }

    /// <summary>The second letter of those that stand for two: ß is ss, æ is ae.</summary>
    public static char? Second(char c) => c switch
    {
        'ß' or 'ẞ' => 's',
        'æ' or 'Æ' or 'œ' or 'Œ' => 'e',
        'þ' or 'Þ' => 'h',
        'ĳ' or 'Ĳ' => 'j',
        _ => null,
    };
}
