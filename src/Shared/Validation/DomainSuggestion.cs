namespace ProspectOps.Validation;

/// <summary>Guesses the domain that was meant where the one written takes no mail.</summary>
internal static class DomainSuggestion
{
    private static readonly string[] Popular =
    [
        "gmail.com", "googlemail.com", "yahoo.com", "yahoo.de", "yahoo.fr", "yahoo.es", "yahoo.co.uk", "hotmail.com", "hotmail.de", "hotmail.fr",
        "hotmail.es", "hotmail.co.uk", "outlook.com", "outlook.de", "live.com", "msn.com", "icloud.com", "aol.com", "gmx.de", "gmx.net", "gmx.at",
        "gmx.com", "web.de", "t-online.de", "freenet.de", "orange.fr", "wanadoo.fr", "laposte.net", "libero.it", "protonmail.com", "proton.me",
        "comcast.net", "verizon.net", "btinternet.com", "bluewin.ch", "telenet.be", "ziggo.nl", "seznam.cz", "yandex.ru", "mail.ru",
    ];

    private static readonly (string Wrong, string Right)[] TopLevels =
    [
        (".con", ".com"), (".cmo", ".com"), (".ocm", ".com"), (".vom", ".com"), (".xom", ".com"), (".comm", ".com"), (".nte", ".net"), (".ner", ".net"), (".ogr", ".org"), (".orh", ".org"),
    ];

    /// <summary>A well-known domain one slip away, or the same name under the top level that was meant; null without a good guess.</summary>
    /// <param name="domain">In lower-case A-labels.</param>
    public static string? For(string domain)
    {
        foreach (var popular in Popular)
        {
            if (domain != popular && IsOneSlipAway(domain, popular))
                return popular;
        }
        foreach (var (wrong, right) in TopLevels)
        {
            if (domain.EndsWith(wrong, StringComparison.Ordinal))
                return string.Concat(domain.AsSpan(0, domain.Length - wrong.Length), right);
        }
        return null;
    }

    /// <summary>One letter too many, too few, wrong, or two neighbours swapped.</summary>
    internal static bool IsOneSlipAway(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var same = left.CommonPrefixLength(right);
        left = left[same..];
        right = right[same..];
        return (left.Length - right.Length) switch
        {
            1 => left[1..].SequenceEqual(right),
            -1 => right[1..].SequenceEqual(left),
            0 when left.IsEmpty => false,
            0 => left[1..].SequenceEqual(right[1..])
                || (left.Length > 1 && left[0] == right[1] && left[1] == right[0] && left[2..].SequenceEqual(right[2..])),
            _ => false,
        };
    }
}
