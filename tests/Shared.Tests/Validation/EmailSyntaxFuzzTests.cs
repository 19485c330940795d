using System.Globalization;
using System.Text;
using ProspectOps.Validation;

namespace ProspectOps.Tests.Validation;

/// <summary>Random and mutated texts against the parser: the same million in every run; others, and more, as <c>PROSPECTOPS_FUZZ_SEED</c> and <c>PROSPECTOPS_FUZZ_INPUTS</c> say.</summary>
public sealed class EmailSyntaxFuzzTests
{
    private const long MostBytes = 64 * 1024;

    private static readonly string[] Pieces =
    [
        "@", "@", ".", "..", "\"", "\\", "[", "]", "IPv6:", "::", "-", "xn--", "xn--bcher-kva", "+", " ", "\0", "\t", "\r\n", "(", ")", "<", ">", ",", "\u200B", "\u202E", "\uFEFF", "\u00AD",
        "\uD83D", "\uDE00", "😀", "é", "ß", "İ", "Ⱥ", "ﬀ", "例", "。", "．", "א", "1", "أ", "١", "\u0308", "аррӏе", "com", "co", "a", "Z", "0", "255", "gmail.com", "_", "!", "~", "\u007F", "\u0080", "\uFFFF", "\u30FB", "\u00B7",
    ];

    [Fact]
    public void Nothing_makes_the_parser_throw_hang_or_allocate_without_bound()
    {
        var (inputs, seed) = (Setting("PROSPECTOPS_FUZZ_INPUTS", 1_000_000), Setting("PROSPECTOPS_FUZZ_SEED", 1));
        var seeds = EmailAddressCases.Valid().Select(row => row.Data).Concat(EmailAddressCases.Invalid().Select(row => row.Data.Item1)).Where(text => text.Length < 400).ToArray();
        var workers = Math.Max(1, Environment.ProcessorCount);

        Parallel.For(0, workers, worker =>
        {
            var random = new Random(seed + worker);
            var text = new StringBuilder();
            for (var i = worker; i < inputs; i += workers)
            {
                Make(text, random, seeds);
                Try(text.ToString(), seed + worker);
            }
        });
    }

    [Fact]
    public void Address_is_what_it_was_made_of()
    {
        var random = new Random(7);
        string[] locals = ["jane", "j.d", "a+b", "\"x y\"", "\"a\\\"b\"", "jörg", "!#$%", "\"\"", new('x', 64)];
        string[] domains = ["acme.com", "a-b.c-d.org", "bücher.example", "例え.jp", "xn--bcher-kva.example", "[192.0.2.1]", "[IPv6:2001:db8::1]", "acme"];

        for (var i = 0; i < 50_000; i++)
        {
            var (local, domain) = (locals[random.Next(locals.Length)], domains[random.Next(domains.Length)]);
            Assert.True(EmailAddress.TryParse($"{local}@{domain}", out var address, out _));
            Assert.Equal((local, domain), (address!.Local, address.Domain));
            Assert.True(EmailAddress.TryParse(address.Value, out var again, out _));
            Assert.Equal(address, again);
            Assert.True(EmailAddress.TryParse($"{local}@{address.Ascii}", out var inAscii, out _));
            Assert.Equal((address.Ascii, address.Canonical), (inAscii!.Ascii, inAscii.Canonical));
        }
    }

    [Theory]
    [InlineData("jane.doe@acme.com")]
    [InlineData("a+b@sub.acme-corp.co.uk")]
    [InlineData("\"jane doe\"@acme.com")]
    public void Plain_address_costs_no_memory(string text)
    {
        EmailSyntax.IsValid(text, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1_000; i++)
            EmailSyntax.IsValid(text, out _);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Line_of_a_megabyte_is_refused_at_once()
    {
        foreach (var filler in new[] { "a", ".", "@", "\"", "ü", "\0", "例", "\\", "a.", "xn--", "[", "\uD83D" })
        {
            var text = string.Concat(Enumerable.Repeat(filler, 1_048_576 / filler.Length));
            foreach (var whole in new[] { text, $"a@{text}", $"{text}@acme.com", $"\"{text}\"@acme.com", $"a@[{text}]" })
            {
                Assert.False(EmailSyntax.IsValid(whole, out var error));
                Assert.InRange(error!.Position, 0, whole.Length);
            }
        }
    }

    private static int Setting(string name, int otherwise) => int.Parse(Environment.GetEnvironmentVariable(name) ?? $"{otherwise}", CultureInfo.InvariantCulture);

    private static void Try(string text, int seed)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var isValid = EmailSyntax.IsValid(text, out var error);
            if (EmailAddress.TryParse(text, out var address, out var same) != isValid || (isValid ? address!.Value != text : same != error || error!.Position < 0 || error.Position > text.Length))
                throw new InvalidOperationException("The parser disagrees with itself.");
            if (isValid && (EmailAddress.CanonicalOf(address!.Canonical) != address.Canonical || !System.Text.Ascii.IsValid(address.Ascii)))
                throw new InvalidOperationException("The canonical form is not its own.");
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {seed}: {Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}", e);
        }
        if (GC.GetAllocatedBytesForCurrentThread() - before > MostBytes)
            throw new InvalidOperationException($"Seed {seed}: too much memory for {Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}");
    }

    private static void Make(StringBuilder text, Random random, string[] seeds)
    {
        text.Clear();
        if (random.Next(3) > 0)
            text.Append(seeds[random.Next(seeds.Length)]);
        var changes = random.Next(text.Length == 0 ? 12 : 4);
        for (var change = 0; change <= changes; change++)
        {
            var at = random.Next(text.Length + 1);
            switch (random.Next(5))
            {
                case 0 when text.Length > 0:
                    text.Remove(Math.Min(at, text.Length - 1), 1);
                    break;
                case 1 when text.Length > 0:
                    text[Math.Min(at, text.Length - 1)] = (char)random.Next(char.MaxValue + 1);
                    break;
                case 2:
                    text.Insert(at, (char)random.Next(128));
                    break;
                case 3 when text.Length is > 0 and < 300:
                    text.Insert(at, text.ToString(0, random.Next(text.Length + 1)));
                    break;
                default:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
            }
        }
    }
}
