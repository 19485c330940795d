namespace ProspectOps.Prospects;

/// <summary>Compares LinkedIn profiles by address.</summary>
public static class LinkedinProfile
{
    private const string Host = "linkedin.com";

    /// <summary><c>linkedin.com/in/jane-doe</c> for every way to write it: scheme, country host, query, fragment, trailing
    /// slash, language suffix, case and percent-encoding do not matter. Null where there is no text.</summary>
    public static string? Normalize(string? url)
    {
        var text = url.AsSpan().Trim();
        if (text.IsEmpty)
            return null;
        if (text.IndexOf("://") is >= 0 and var scheme)
            text = text[(scheme + 3)..];
        if (text.IndexOfAny('?', '#') is >= 0 and var end)
            text = text[..end];
        text = text.Trim('/');

        var slash = text.IndexOf('/');
        var host = slash < 0 ? text : text[..slash];
        var isLinkedin = host.Equals(Host, StringComparison.OrdinalIgnoreCase)
            || (host.Length > Host.Length && host[^(Host.Length + 1)] == '.' && host.EndsWith(Host, StringComparison.OrdinalIgnoreCase));
        var path = isLinkedin ? (slash < 0 ? "" : text[(slash + 1)..]) : text;

        // Of /in/jane-doe/de only the first two segments name the person; old /pub/ paths need all of theirs.
        if (path.StartsWith("in/", StringComparison.OrdinalIgnoreCase) && path[3..].IndexOf('/') is > 0 and var rest)
            path = path[..(3 + rest)];
        else if (!isLinkedin && !path.StartsWith("in/", StringComparison.OrdinalIgnoreCase))
            return Uri.UnescapeDataString(text).ToLowerInvariant();
        return path.IsEmpty ? Host : $"{Host}/{Uri.UnescapeDataString(path).ToLowerInvariant()}";
    }
}
