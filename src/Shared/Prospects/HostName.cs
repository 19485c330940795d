using ProspectOps.Validation;

namespace ProspectOps.Prospects;

/// <summary>Takes the host out of what people write for a company's website.</summary>
public static class HostName
{
    /// <summary><c>acme.example</c> of <c>HTTPS://www.Acme.example:443/about?x</c>; A-labels, lower case, no <c>www</c>.
    /// Null where no domain name with a dot is in it.</summary>
    public static string? Of(string? text)
    {
        var host = text.AsSpan().Trim();
        if (host.IndexOf("://") is >= 0 and var scheme)
            host = host[(scheme + 3)..];
        host = host.TrimStart('/');
        if (host.IndexOfAny('/', '?', '#') is >= 0 and var end)
            host = host[..end];
        if (host.LastIndexOf('@') is >= 0 and var at)
            host = host[(at + 1)..];
        if (host.IndexOf(':') is >= 0 and var port)
            host = host[..port];
        host = host.TrimEnd('.');
        if (host.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
            host = host[4..];
        return host.Contains('.') ? DomainPart.AsciiOf(host) : null;
    }
}
