namespace ProspectOps.EndToEnd.Tests.Fuzz;

/// <summary>Text that has broken something somewhere.</summary>
internal static class HostileText
{
    private static readonly string[] Texts =
    [
        "", " ", "\0", "a\0b", "\u202Eevil", "\u200B", "\uFEFF", "é", "e\u0301", "ß", "İ", "𝕏", "👩‍👩‍👧", "\uD800",
        "' OR 1=1 --", "<script>alert(1)</script>", "{{7*7}}", "${jndi:ldap://127.0.0.1/a}", "../../../etc/passwd", "..\\..\\x", "%2e%2e%2f", "a/b", "a\\b", "a#b", "a?b", "a|b",
        "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t", "\r\nX-Injected: 1", "null", "undefined", "NaN", "true", "[]", "{}",
        "-0", "1e400", "9223372036854775808", "0x1F", "1_000", "٣",
        "2026-02-30T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "not a time",
        "a@b", "@", "a@", "@b.example", "a@b@c.example", "\"a b\"@c.example", "a@[127.0.0.1]", "a@xn--.example", "ａ@ｂ.example",
        "http://127.0.0.1/", "http://[::1]/", "http://169.254.169.254/latest/meta-data", "file:///etc/passwd", "http://user:pw@host.example/", "https://host.example:99999/", "http://",
        "wf_00000000000000000000000000", "cmp_ffffffffffffffffffffffffff", "default", "admin", "con", "*", "%",
    ];

    public static string Any(Random random) => random.Next(12) switch
    {
        0 => new string((char)random.Next('a', 'z' + 1), random.Next(1, 5_000)),
        1 => new string('é', random.Next(1, 2_000)),
        2 => string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => (char)random.Next(1, 0xD7FF))),
        _ => Texts[random.Next(Texts.Length)],
    };
}
