using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace ProspectOps.Validation;

/// <summary>Reads <c>[192.0.2.1]</c> and <c>[IPv6:2001:db8::1]</c> (RFC 5321 §4.1.3).</summary>
internal static class AddressLiteral
{
    private const string Ipv6Tag = "IPv6:";

    private static readonly SearchValues<char> Ipv6Characters = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <param name="literal">From the opening bracket to the end of the address.</param>
    /// <param name="offset">Where it begins in the address.</param>
    /// <param name="text">The literal as .NET writes the address, brackets included.</param>
    public static EmailSyntaxError? Read(ReadOnlySpan<char> literal, int offset, out string? text)
    {
        text = null;
        var end = literal.IndexOf(']');
        if (end < 0)
            return new(offset + literal.Length, EmailSyntaxRule.BadLiteral, "The square bracket does not close.");
        if (end != literal.Length - 1)
            return new(offset + end + 1, EmailSyntaxRule.BadLiteral, "Nothing may follow the closing bracket.");

        var inside = literal[1..end];
        Span<byte> octets = stackalloc byte[4];
        if (TryReadIpv4(inside, octets))
        {
            text = $"[{octets[0]}.{octets[1]}.{octets[2]}.{octets[3]}]";
            return null;
        }
        if (inside.StartsWith(Ipv6Tag, StringComparison.OrdinalIgnoreCase) && TryReadIpv6(inside[Ipv6Tag.Length..], out var ipv6))
        {
            text = $"[{Ipv6Tag}{ipv6}]";
            return null;
        }
        return new(offset + 1, EmailSyntaxRule.BadLiteral, "In brackets stands an IPv4 address, or IPv6: and an IPv6 address.");
    }

    private static bool TryReadIpv4(ReadOnlySpan<char> text, Span<byte> octets)
    {
        for (var i = 0; i < 4; i++)
        {
            var length = i < 3 ? text.IndexOf('.') : text.Length;
            if (length is < 1 or > 3)
                return false;
            var value = 0;
            foreach (var digit in text[..length])
            {
                if (!char.IsAsciiDigit(digit))
                    return false;
                value = value * 10 + (digit - '0');
            }
            if (value > 255)
                return false;
            octets[i] = (byte)value;
            text = i < 3 ? text[(length + 1)..] : text;
        }
        return true;
    }

    private static bool TryReadIpv6(ReadOnlySpan<char> text, out IPAddress? address)
    {
        address = null;
        // .NET also takes a zone, a prefix length and brackets, none of which belongs in an address.
        if (text.IndexOfAnyExcept(Ipv6Characters) >= 0)
            return false;
        var lastColon = text.LastIndexOf(':');
        var hasIpv4 = text.Contains('.');
        if (hasIpv4 && !TryReadIpv4(text[(lastColon + 1)..], stackalloc byte[4]))
            return false;
        if (!IPAddress.TryParse(text, out address) || address.AddressFamily != AddressFamily.InterNetworkV6)
            return false;

        // "::" stands for two groups or more here, where RFC 4291 lets it stand for one.
        var compression = text.IndexOf("::");
        if (compression < 0)
            return true;
        var groups = 0;
        foreach (var range in (hasIpv4 ? text[..lastColon] : text).Split(':'))
        {
            var (start, length) = range.GetOffsetAndLength(text.Length);
            groups += length > 0 ? 1 : 0;
        }
        return groups <= (hasIpv4 ? 4 : 6);
    }
}
