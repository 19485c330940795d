using System.Buffers;
using System.Globalization;
using System.Text;

namespace ProspectOps.Validation;

/// <summary>Reads a domain name: letters, digits and hyphens (RFC 1123 §2.1), or an international name (RFC 5890).</summary>
internal static class DomainPart
{
    private static readonly SearchValues<char> Dots = SearchValues.Create(".\u3002\uFF0E\uFF61");

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");
    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    /// <summary>The name in lower-case A-labels, where <paramref name="text"/> is a domain name; else null.</summary>
    public static string? AsciiOf(ReadOnlySpan<char> text)
    {
        Span<char> ascii = stackalloc char[EmailLimits.Domain];
        return Read(text, 0, ascii, out var length) is null ? new string(ascii[..length]) : null;
    }

    /// <summary>Checks <paramref name="domain"/> and writes its DNS form. Allocates nothing where it is plain ASCII.</summary>
    /// <param name="offset">Where it begins in the address, for the error's position.</param>
    /// <param name="ascii">Room for 253 characters.</param>
    public static EmailSyntaxError? Read(ReadOnlySpan<char> domain, int offset, Span<char> ascii, out int written)
    {
        written = 0;
        if (domain.IsEmpty)
            return new(offset, EmailSyntaxRule.EmptyDomain, "Nothing stands after the @.");
        // Far beyond any name: refused before anything walks through it.
        if (domain.Length > 4 * EmailLimits.Domain)
            return new(offset + EmailLimits.Domain, EmailSyntaxRule.DomainTooLong, "A domain has 253 octets at most.");

        for (var start = 0; ;)
        {
            var rest = domain[start..];
            // The common case at once: a run of letters, digits and hyphens up to a dot or the end.
            var run = rest.IndexOfAnyExcept(LabelCharacters);
            var length = run < 0 || rest[run] == '.' ? run : rest.IndexOfAny(Dots);
            var isLast = length < 0;
            var label = isLast ? rest : rest[..length];
            if (ReadLabel(label, offset + start, isPlain: run == length, out var encoded) is { } error)
                return error;

            var labelLength = encoded?.Length ?? label.Length;
            if (written + labelLength + (isLast ? 0 : 1) > EmailLimits.Domain)
                return new(offset + start, EmailSyntaxRule.DomainTooLong, "A domain has 253 octets at most.");
            if (encoded is null)
                System.Text.Ascii.ToLower(label, ascii[written..], out _);
            else
                encoded.CopyTo(ascii[written..]);
            written += labelLength;

            if (isLast)
            {
                return label.IndexOfAnyExcept(Digits) < 0
                    ? new(offset + start, EmailSyntaxRule.NumericTopLevel, "A domain does not end in a number; an IP address stands in square brackets.")
                    : null;
            }
            ascii[written++] = '.';
            start += length + 1;
        }
    }

    /// <param name="encoded">The A-label, where the label is not plain ASCII.</param>
    private static EmailSyntaxError? ReadLabel(ReadOnlySpan<char> label, int position, bool isPlain, out string? encoded)
    {
        encoded = null;
        if (label.IsEmpty)
            return new(position, EmailSyntaxRule.EmptyLabel, "The domain has a dot too many.");
        var isAscii = true;
        for (var i = isPlain ? label.Length : 0; i < label.Length;)
        {
            if (char.IsAsciiLetterOrDigit(label[i]) || label[i] == '-')
            {
                i++;
                continue;
            }
            if (AddressCharacters.Refuse(label, i, out var length) is { } refused)
                return refused with { Position = position + i };
            if (char.IsAscii(label[i]) || !IsIdnCharacter(label[i..], i == 0))
                return new(position + i, EmailSyntaxRule.Character, "A domain holds letters, digits and hyphens.");
            isAscii = false;
            i += length;
        }
        if (label[0] == '-' || label[^1] == '-')
            return new(position + (label[0] == '-' ? 0 : label.Length - 1), EmailSyntaxRule.LabelHyphen, "No part of a domain begins or ends with a hyphen.");
        if (isAscii && label.Length > EmailLimits.Label)
            return new(position + EmailLimits.Label, EmailSyntaxRule.LabelTooLong, "Each part of a domain has 63 octets at most.");
        if (!isAscii)
            return ToAscii(label, position, out encoded);
        return label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase) && !Decodes(label)
            ? new(position, EmailSyntaxRule.InvalidIdn, "This xn-- name stands for no international name.")
            : null;
    }

    /// <summary>Letters, marks and digits, as IDNA 2008 allows them (RFC 5892), and the two middle dots of its exceptions.</summary>
    private static bool IsIdnCharacter(ReadOnlySpan<char> text, bool isFirst)
    {
        Rune.DecodeFromUtf16(text, out var rune, out _);
        // Full-width forms and letters with a loose accent have another spelling that DNS knows; without Unicode
        // normalisation (the product runs in invariant mode) they would silently become a different domain.
        if (rune.Value is >= 0xFF00 and <= 0xFFEF or >= 0x0300 and <= 0x036F)
            return false;
        return rune.Value is 0x00B7 or 0x30FB || Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber
                or UnicodeCategory.LetterNumber => true,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => !isFirst,
            _ => false,
        };
    }

    private static EmailSyntaxError? ToAscii(ReadOnlySpan<char> label, int position, out string? encoded)
    {
        encoded = null;
        try
        {
            // In invariant mode IdnMapping does not fold case itself.
            encoded = NewMapping().GetAscii(label.ToString().ToLowerInvariant());
            return null;
        }
        catch (ArgumentException)
        {
            return new(position, EmailSyntaxRule.InvalidIdn, "This part of the domain has no ASCII form: it is too long, or it mixes writing directions.");
        }
    }

    /// <summary>Whether an A-label stands for visible characters. Symbols pass, which IDNA 2008 forbids: such names are registered.</summary>
    private static bool Decodes(ReadOnlySpan<char> label)
    {
        try
        {
            var lower = label.ToString().ToLowerInvariant();
            var decoded = NewMapping().GetUnicode(lower);
            return !System.Text.Ascii.IsValid(decoded) && NewMapping().GetAscii(decoded) == lower && IsVisible(decoded);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsVisible(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var length = 1;
            if (!char.IsAscii(text[i]) && AddressCharacters.Refuse(text, i, out length) is not null)
                return false;
            i += length;
        }
        return true;
    }

    private static IdnMapping NewMapping() => new() { UseStd3AsciiRules = true };
}
