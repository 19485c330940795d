using System.Text;

namespace ProspectOps.Validation;

/// <summary>The grammar of addresses: RFC 5321 §4.1.2 with RFC 6531 §3.3. Reads in one pass, without regular expressions, and never throws.</summary>
public static class EmailSyntax
{
    /// <summary>Whether the text is an address. Allocates nothing where a plain one is.</summary>
    /// <param name="error">Where the text first breaks a rule, and which; null where it breaks none.</param>
    public static bool IsValid(ReadOnlySpan<char> text, out EmailSyntaxError? error)
    {
        Span<char> ascii = stackalloc char[EmailLimits.Domain];
        error = Read(text, ascii, out _, out _, out _);
        return error is null;
    }

    /// <param name="ascii">Room for 253 characters; takes the domain in lower-case A-labels.</param>
    /// <param name="at">Where the @ stands that ends the local part.</param>
    /// <param name="asciiLength">How much of <paramref name="ascii"/> the domain is.</param>
    /// <param name="literal">The domain where it is an IP address, with its brackets and in its short form.</param>
    internal static EmailSyntaxError? Read(ReadOnlySpan<char> text, Span<char> ascii, out int at, out int asciiLength, out string? literal)
    {
        (at, asciiLength, literal) = (0, 0, null);
        if (text.IsEmpty)
            return new(0, EmailSyntaxRule.Empty, "There is no address.");
        if (LocalPart.Read(text, out at) is { } localError)
            return localError;
        var domain = text[(at + 1)..];
        var domainError = domain.StartsWith('[') ? AddressLiteral.Read(domain, at + 1, out literal) : DomainPart.Read(domain, at + 1, ascii, out asciiLength);
        if (domainError is not null)
            return domainError;

        // Either spelling of the domain may be the one on the wire, so both have to fit.
        var asciiOctets = literal?.Length ?? asciiLength;
        var octets = text.Length <= EmailLimits.Address && System.Text.Ascii.IsValid(text)
            ? at + 1 + Math.Max(asciiOctets, domain.Length)
            : Encoding.UTF8.GetByteCount(text[..at]) + 1 + Math.Max(asciiOctets, Encoding.UTF8.GetByteCount(domain));
        return octets > EmailLimits.Address
            ? new(Math.Min(text.Length, EmailLimits.Address), EmailSyntaxRule.AddressTooLong, "An address has 254 octets at most.")
            : null;
    }
}
