using System.Diagnostics.CodeAnalysis;

namespace ProspectOps.Validation;

/// <summary>A mailbox that the grammar allows: holding one is the proof.</summary>
/// <remarks>RFC 5321 §4.1.2 with the international parts of RFC 6531 §3.3. What RFC 5322 adds for message headers
/// (comments, folding white space, obsolete forms) is refused. A domain of one label is legal syntax; whether mail
/// can reach it is the validator's matter.</remarks>
public sealed record EmailAddress
{
    private EmailAddress(string local, string domain, string ascii, bool isLiteral, string canonical) =>
        (Local, Domain, Ascii, IsLiteral, Canonical) = (local, domain, ascii, isLiteral, canonical);

    /// <summary>Before the @, as given, with its quotes if it has them; 1 to 64 octets.</summary>
    public string Local { get; }

    /// <summary>After the @, as given.</summary>
    public string Domain { get; }

    /// <summary>The domain in lower-case A-labels, as DNS wants it; an address literal in its short form with brackets.</summary>
    public string Ascii { get; }

    /// <summary>Whether the domain is an IP address in brackets.</summary>
    public bool IsLiteral { get; }

    /// <summary>What stands for the mailbox: lower case, no plus tag, needless quotes gone, Gmail's dots gone and its
    /// second domain made the first. Parses, and is its own canonical form.</summary>
    public string Canonical { get; }

    /// <summary>Whether the server must speak SMTPUTF8 (RFC 6531) to take the local part.</summary>
    public bool NeedsSmtpUtf8 => !System.Text.Ascii.IsValid(Local);

    /// <summary>The whole address as given: what mail is sent to.</summary>
    public string Value => $"{Local}@{Domain}";

    /// <summary>What a log may show.</summary>
    public override string ToString() => $"{Local[0]}***@{Ascii}";

    /// <summary>The canonical form of what surrounds with white space, or null where it is no address.</summary>
    public static string? CanonicalOf(string? text) => TryParse(text.AsSpan().Trim(), out var address, out _) ? address.Canonical : null;

    /// <summary>Parses; never throws, whatever the text holds. Surrounding white space is the caller's to trim.</summary>
    /// <param name="error">Where the text first breaks a rule, and which.</param>
    public static bool TryParse(
        ReadOnlySpan<char> text,
        [NotNullWhen(true)] out EmailAddress? address,
        [NotNullWhen(false)] out EmailSyntaxError? error)
    {
        address = null;
        Span<char> buffer = stackalloc char[EmailLimits.Domain];
        error = EmailSyntax.Read(text, buffer, out var at, out var length, out var literal);
        if (error is not null)
            return false;
        var local = text[..at];
        var domain = text[(at + 1)..];
        var isLiteral = literal is not null;
        var ascii = literal ?? (domain.SequenceEqual(buffer[..length]) ? domain.ToString() : new string(buffer[..length]));
        var givenDomain = domain.SequenceEqual(ascii) ? ascii : domain.ToString();
        address = new EmailAddress(local.ToString(), givenDomain, ascii, isLiteral, CanonicalForm.Of(local, ascii));
        return true;
    }
}
