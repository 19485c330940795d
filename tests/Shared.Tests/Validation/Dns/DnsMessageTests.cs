using FsCheck;
using FsCheck.Fluent;
using ProspectOps.Validation.Dns;

namespace ProspectOps.Tests.Validation.Dns;

public sealed class DnsMessageTests
{
    private static readonly byte[] Question = DnsMessage.Question(0x1234, "acme.com", DnsRecordType.Mx, withEdns: true);

    [Fact]
    public void Question_is_what_rfc_1035_and_6891_say()
    {
        byte[] expected = [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 4, (byte)'a', (byte)'c', (byte)'m', (byte)'e', 3, (byte)'c', (byte)'o', (byte)'m', 0, 0, 15, 0, 1, 0, 0, 41, 0x04, 0xD0, 0, 0, 0, 0, 0, 0];

        Assert.Equal(expected, Question);
    }

    [Fact]
    public void No_reply_however_broken_makes_the_reader_throw()
    {
        var good = ScriptedDnsServer.Reply(Question, 0, 0, DnsAnswer.MailServer(10, "mx.acme.com"), DnsAnswer.Alias("b.acme.com"), DnsAnswer.MailServer(5, "x"));

        Prop.ForAll(
            ArbMap.Default.GeneratorFor<(byte, byte, byte)>().ArrayOf().ToArbitrary(),
            changes =>
            {
                var message = good.ToArray();
                foreach (var (place, value, cut) in changes)
                {
                    message[12 + place % (message.Length - 12)] = value;
                    if (cut < 8 && message.Length > 20)
                        message = message[..^cut];
                }
                DnsMessage.Read(message, Question, "acme.com", DnsRecordType.Mx);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    [Fact]
    public void Name_servers_are_read_from_the_resolver_file()
    {
        string[] lines = ["# nameserver 9.9.9.9", "search acme.com", "nameserver 10.0.0.1", "  nameserver\t2001:db8::1 # second", "nameserver nonsense", "nameserver"];

        Assert.Equal(["10.0.0.1:53", "[2001:db8::1]:53"], DnsServerList.OfResolverFile(lines).Select(server => server.ToString()));
    }

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1:53")]
    [InlineData("10.0.0.1:5353", "10.0.0.1:5353")]
    [InlineData("2001:db8::1", "[2001:db8::1]:53")]
    [InlineData("[2001:db8::1]:5353", "[2001:db8::1]:5353")]
    [InlineData("dns.acme.com", null)]
    public void Configured_server_is_an_address_with_or_without_port(string text, string? expected) =>
        Assert.Equal(expected, DnsServerList.ParseOne(text)?.ToString());
}
