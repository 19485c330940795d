using System.Text;

namespace ProspectOps.Validation;

/// <summary>Folds the spellings of one mailbox into one.</summary>
/// <remarks>Strictly only the mailbox's own server knows which spellings it takes for the same (RFC 5321 §2.4); the
/// contract folds case and plus tags everywhere, because that is how nearly every server behaves, and dots for Gmail alone.</remarks>
internal static class CanonicalForm
{
    private const string Gmail = "gmail.com";
    private const string GmailAbroad = "googlemail.com";

    public static string Of(ReadOnlySpan<char> local, string asciiDomain)
    {
        var isGmail = asciiDomain is Gmail or GmailAbroad;
        var domain = isGmail ? Gmail : asciiDomain;
        // A local part has 64 octets at most, so 64 characters at most.
        Span<char> content = stackalloc char[EmailLimits.Local];
        var length = Unquote(local, content);
        ReadOnlySpan<char> plain = content[..length];
        if (!LocalPart.IsDotString(plain))
            return Join(Quote(plain), domain);

        var tag = plain.IndexOf('+');
        // What remains has to be a local part itself: "+tag" and "a.+tag" are kept whole.
        if (tag > 0 && (isGmail || plain[tag - 1] != '.'))
            plain = plain[..tag];
        if (!isGmail)
            return Join(plain, domain);

        Span<char> dotless = stackalloc char[EmailLimits.Local];
        length = 0;
        foreach (var character in plain)
        {
            if (character != '.')
                dotless[length++] = character;
        }
        return Join(dotless[..length], domain);
    }

    private static int Unquote(ReadOnlySpan<char> local, Span<char> content)
    {
        if (local[0] != '"')
        {
            local.CopyTo(content);
            return local.Length;
        }
        var length = 0;
        for (var i = 1; i < local.Length - 1; i++)
        {
            if (local[i] == '\\')
                i++;
            content[length++] = local[i];
        }
        return length;
    }

    private static string Quote(ReadOnlySpan<char> content)
    {
        var quoted = new StringBuilder(content.Length + 8).Append('"');
        foreach (var character in content)
        {
            if (character is '"' or '\\')
                quoted.Append('\\');
            quoted.Append(character);
        }
        return quoted.Append('"').ToString();
    }

    private static string Join(ReadOnlySpan<char> local, string domain)
    {
        Span<char> lower = stackalloc char[2 * EmailLimits.Local];
        var length = local.ToLowerInvariant(lower);
        // A few letters take more octets in lower case; then only ASCII is folded, so that the form stays an address.
        if (Encoding.UTF8.GetByteCount(lower[..length]) is var octets && (octets > EmailLimits.Local || octets + 1 + domain.Length > EmailLimits.Address))
            FoldAsciiOnly(local, lower);
        return string.Concat(lower[..length], "@", domain);
    }

    private static void FoldAsciiOnly(ReadOnlySpan<char> text, Span<char> target)
    {
        for (var i = 0; i < text.Length; i++)
            target[i] = char.IsAsciiLetterUpper(text[i]) ? (char)(text[i] | 0x20) : text[i];
    }
}
