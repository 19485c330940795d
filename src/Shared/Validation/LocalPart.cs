using System.Buffers;
using System.Text;

namespace ProspectOps.Validation;

/// <summary>Reads what stands before the @: a dot-string or a quoted string (RFC 5321 §4.1.2, RFC 6531 §3.3).</summary>
internal static class LocalPart
{
    private const string Atext = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~";

    private static readonly SearchValues<char> AtomCharacters = SearchValues.Create(Atext);

    /// <summary>Finds the @ that ends the local part.</summary>
    /// <param name="at">Where it stands, if there is no error.</param>
    public static EmailSyntaxError? Read(ReadOnlySpan<char> text, out int at)
    {
        var error = text[0] == '"' ? ReadQuoted(text, out at) : ReadDotString(text, out at);
        if (error is not null)
            return error;
        return Encoding.UTF8.GetByteCount(text[..at]) > EmailLimits.Local
            ? new(Math.Min(at, EmailLimits.Local), EmailSyntaxRule.LocalTooLong, "The part before the @ has 64 octets at most.")
            : null;
    }

    /// <summary>Whether <paramref name="text"/> needs no quotes.</summary>
    public static bool IsDotString(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] == '.' || text[^1] == '.' || text.IndexOf("..") >= 0)
            return false;
        foreach (var character in text)
        {
            if (character != '.' && char.IsAscii(character) && !AtomCharacters.Contains(character))
                return false;
        }
        return true;
    }

    private static EmailSyntaxError? ReadDotString(ReadOnlySpan<char> text, out int at)
    {
        at = 0;
        while (at < text.Length)
        {
            // The common case at once: a run of plain characters.
            var run = text[at..].IndexOfAnyExcept(AtomCharacters);
            at = run < 0 ? text.Length : at + run;
            if (at == text.Length)
                break;
            var character = text[at];
            if (character == '@')
            {
                if (at == 0)
                    return new(0, EmailSyntaxRule.EmptyLocal, "Nothing stands before the @.");
                return text[at - 1] == '.' ? new(at - 1, EmailSyntaxRule.TrailingDot, "The part before the @ ends with a dot.") : null;
            }
            if (character == '.')
            {
                if (at == 0)
                    return new(0, EmailSyntaxRule.LeadingDot, "An address does not begin with a dot.");
                if (text[at - 1] == '.')
                    return new(at, EmailSyntaxRule.ConsecutiveDots, "Two dots stand in a row.");
                at++;
                continue;
            }
            if (AddressCharacters.Refuse(text, at, out var length) is { } error)
                return error;
            at += length;
        }
        return new(text.Length, EmailSyntaxRule.NoAt, "There is no @.");
    }

    private static EmailSyntaxError? ReadQuoted(ReadOnlySpan<char> text, out int at)
    {
        for (at = 1; at < text.Length;)
        {
            switch (text[at])
            {
                case '"':
                    at++;
                    if (at == text.Length)
                        return new(at, EmailSyntaxRule.NoAt, "There is no @ after the quoted part.");
                    return text[at] == '@' ? null : new(at, EmailSyntaxRule.MisplacedQuote, "Only an @ may follow the closing quote.");
                case '\\':
                    if (at + 1 >= text.Length || text[at + 1] is < ' ' or > '~')
                        return new(at, EmailSyntaxRule.BadEscape, "A backslash escapes one printable ASCII character.");
                    at += 2;
                    break;
                case >= ' ' and <= '~':
                    at++;
                    break;
                default:
                    if (AddressCharacters.Refuse(text, at, out var length) is { } error)
                        return error;
                    at += length;
                    break;
            }
        }
        return new(text.Length, EmailSyntaxRule.UnclosedQuote, "The quoted part does not end.");
    }
}
