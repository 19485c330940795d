using System.Buffers;
using System.Globalization;
using System.Text;

namespace ProspectOps.Validation;

/// <summary>Judges the characters that are not plain: says what is wrong with one, or how long it is.</summary>
internal static class AddressCharacters
{
    /// <summary>What is wrong with the character at <paramref name="position"/>, which is no atom character.</summary>
    /// <param name="length">Its UTF-16 units, where it is a visible character beyond ASCII and so allowed (RFC 6531 §3.3).</param>
    public static EmailSyntaxError? Refuse(ReadOnlySpan<char> text, int position, out int length)
    {
        length = 1;
        var character = text[position];
        if (char.IsAscii(character))
            return RefuseAscii(character, position);

        if (Rune.DecodeFromUtf16(text[position..], out var rune, out length) != OperationStatus.Done)
            return new(position, EmailSyntaxRule.UnpairedSurrogate, "Half a character: the text was cut or wrongly decoded.");
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control => Control(position),
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => Space(position),
            UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned =>
                new(position, EmailSyntaxRule.InvisibleCharacter, "A character that cannot be seen stands here; delete it."),
            _ => null,
        };
    }

    private static EmailSyntaxError RefuseAscii(char character, int position) => character switch
    {
        ' ' or '\t' or '\r' or '\n' => Space(position),
        < ' ' or '\x7f' => Control(position),
        '(' or ')' => new(position, EmailSyntaxRule.Comment, "A comment in parentheses belongs in a message's header, not in an address."),
        '<' or '>' => new(position, EmailSyntaxRule.AngleBrackets, "Give the address alone, without a name and without < and >."),
        '"' => new(position, EmailSyntaxRule.MisplacedQuote, "A quote may only begin and end the part before the @."),
        '@' => new(position, EmailSyntaxRule.SecondAt, "There is a second @."),
        _ => new(position, EmailSyntaxRule.Character, "This character is not allowed here."),
    };

    private static EmailSyntaxError Control(int position) => new(position, EmailSyntaxRule.ControlCharacter, "A control character stands here.");

    private static EmailSyntaxError Space(int position) => new(position, EmailSyntaxRule.WhiteSpace, "White space stands here.");
}
