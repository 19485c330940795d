using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ProspectOps.Validation;
using ProspectOps.Validation.Smtp;

namespace ProspectOps.Tests.Validation.Smtp;

public sealed partial class MailboxProbeTests
{
    private static readonly Func<string, string> OnlyJane = mailbox => mailbox.StartsWith("jane", StringComparison.Ordinal) ? "250 2.1.5 Ok" : "550 5.1.1 No such user here";

    [Fact]
    public async Task Mailbox_that_exists_is_deliverable_and_no_message_is_begun()
    {
        await using var world = new SmtpWorld();
        world.Mail.Rcpt = OnlyJane;

        var result = (await world.Check("jane@acme.com"))[0].Result;

        Assert.Equal((Verdict.Deliverable, 97), (result.Verdict, result.Score));
        Assert.Equal(["mailbox_accepted", "mx_found"], result.Reasons);
        Assert.Equal((true, true, false, false, 250), (result.Checks.Smtp.Attempted, result.Checks.Smtp.Accepted, result.Checks.Smtp.CatchAll, result.Checks.Smtp.Greylisted, result.Checks.Smtp.Code));
        Assert.Equal(["dns", "smtp"], result.Basis.Select(line => line.Source));
        Assert.Contains("mx.acme.com", result.Basis[1].Asked, StringComparison.Ordinal);
        Assert.Equal("EHLO probe.example.com", world.Mail.Commands.First());
        Assert.Contains("MAIL FROM:<>", world.Mail.Commands);
        Assert.DoesNotContain(world.Mail.Commands, command => command.StartsWith("DATA", StringComparison.OrdinalIgnoreCase) || command.StartsWith("BDAT", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("550 5.1.1 No such user", Verdict.Undeliverable, "mailbox_not_found")]
    [InlineData("550 5.2.1 Mailbox disabled", Verdict.Undeliverable, "mailbox_disabled")]
    [InlineData("552 5.2.2 Mailbox full", Verdict.Risky, "mailbox_full")]
    [InlineData("452 4.2.2 Over quota", Verdict.Risky, "mailbox_full")]
    [InlineData("550 5.7.1 Service unavailable; client host blocked using Spamhaus", Verdict.Unknown, "sender_blocked")]
    [InlineData("554 5.7.1 Relay access denied", Verdict.Undeliverable, "mail_refused")]
    [InlineData("550 5.3.0 Transaction failed", Verdict.Undeliverable, "mailbox_rejected")]
    [InlineData("451 4.3.0 Out of order", Verdict.Unknown, "server_busy")]
    public async Task Refusal_is_told_by_its_cause(string reply, Verdict verdict, string reason)
    {
        await using var world = new SmtpWorld();
        world.Mail.Rcpt = _ => reply;

        var result = (await world.Check("jane@acme.com"))[0].Result;

        Assert.Equal((verdict, reason), (result.Verdict, result.Reasons[0]));
        Assert.Equal(int.Parse(reply[..3], null), result.Checks.Smtp.Code);
        // Nobody who was refused needs to know whether everybody else is taken.
        Assert.Equal(["jane@acme.com"], world.Mail.Recipients.Distinct());
    }

    [Fact]
    public async Task Domain_that_takes_everything_is_asked_once_for_all_processes()
    {
        await using var world = new SmtpWorld();

        var first = await world.Check("jane@acme.com", "ben@acme.com");
        var asked = world.Mail.Recipients.Count();
        var second = await world.Check("eve@acme.com");

        Assert.All(first.Concat(second), one => Assert.Equal((Verdict.Risky, "catch_all", true), (one.Result.Verdict, one.Result.Reasons[0], one.Result.Checks.Smtp.CatchAll)));
        Assert.Equal((3, 4), (asked, world.Mail.Recipients.Count()));
    }

    [Fact]
    public async Task Greylisted_is_no_refusal_and_is_accepted_when_asked_again()
    {
        await using var world = new SmtpWorld();
        var seen = 0;
        world.Mail.Rcpt = mailbox => OnlyJane(mailbox)[0] != '2' ? OnlyJane(mailbox) : seen++ == 0 ? "450 4.2.0 Greylisted, try again later" : "250 2.1.5 Ok";
        var (validator, _) = world.Process();

        var first = (await SmtpWorld.Check(validator, "jane@acme.com"))[0];
        var again = (await SmtpWorld.Check(validator, "jane@acme.com"))[0];

        Assert.Equal((Verdict.Unknown, "greylisted", true, null), (first.Result.Verdict, first.Result.Reasons[0], first.Result.Checks.Smtp.Greylisted, first.Result.Checks.Smtp.Accepted));
        Assert.InRange(first.AskAgainAt!.Value - first.Result.CheckedAt, TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(16));
        Assert.True(first.Result.ExpiresAt <= first.AskAgainAt);
        Assert.Equal((Verdict.Deliverable, (DateTimeOffset?)null), (again.Result.Verdict, again.AskAgainAt));
    }

    [Theory]
    [InlineData("554 5.7.1 You are on a blocklist", "sender_blocked")]
    [InlineData("421 4.3.2 Too busy", "server_busy")]
    [InlineData("450 4.7.1 Greylisted", "greylisted")]
    [InlineData("521 No mail here", "mail_refused")]
    [InlineData("HTTP/1.1 400 Bad Request", "smtp_broken")]
    [InlineData("999 Whatever", "smtp_broken")]
    public async Task Greeting_that_refuses_says_why(string banner, string reason)
    {
        await using var world = new SmtpWorld();
        world.Mail.Banner = banner;

        Assert.Equal(reason, (await world.Check("jane@acme.com"))[0].Result.Reasons[0]);
    }

    [Theory]
    [InlineData("CONNECT")]
    [InlineData("EHLO probe.example.com")]
    [InlineData("RCPT TO:<jane@acme.com>")]
    public async Task Tarpit_costs_our_patience_and_no_more(string silentAt)
    {
        await using var world = new SmtpWorld { Options = new SmtpOptions { ReplyTimeoutSeconds = 0.2, PatienceSeconds = 5 } };
        world.Mail.GoesSilentAt = command => command == silentAt;

        var result = (await world.Check("jane@acme.com"))[0].Result;

        Assert.Equal((Verdict.Unknown, "smtp_timeout"), (result.Verdict, result.Reasons[0]));
    }

    public static TheoryData<string, string> Garbage() => new()
    {
        { "CONNECT", "220-" + new string('x', 200_000) },
        { "CONNECT", string.Concat(Enumerable.Repeat("220-and so on\r\n", 5_000)) },
        { "CONNECT", "\0\u0001\u0002\r\n" },
        { "CONNECT", "" },
        { "EHLO probe.example.com", "250-mx.test\r\n550 Changed my mind\r\n" },
        { "EHLO probe.example.com", "250-PIPE" },
        { "RCPT TO:<jane@acme.com>", "25" },
        { "RCPT TO:<jane@acme.com>", "\r\n\r\n\r\n" },
        { "RCPT TO:<jane@acme.com>", "25O Ok\r\n" },
    };

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task Server_that_breaks_off_or_talks_nonsense_leaves_the_verdict_open(string at, string bytes)
    {
        await using var world = new SmtpWorld();
        world.Mail.Instead = command => command == at ? Encoding.Latin1.GetBytes(bytes) : null;

        var result = (await world.Check("jane@acme.com"))[0].Result;

        Assert.Equal((Verdict.Unknown, "smtp_broken"), (result.Verdict, result.Reasons[0]));
    }

    [Fact]
    public async Task Server_that_ends_sessions_after_some_mailboxes_still_answers_for_all()
    {
        await using var world = new SmtpWorld { Options = new SmtpOptions { SessionsPerHost = 1, PatienceSeconds = 60 } };
        world.Mail.Rcpt = OnlyJane;
        world.Mail.MostRecipients = 10;

        var results = await world.Check([.. Enumerable.Range(0, 25).Select(n => n % 2 == 0 ? $"jane{n}@acme.com" : $"x{n}@acme.com")]);

        Assert.Equal(Enumerable.Range(0, 25).Select(n => n % 2 == 0 ? Verdict.Deliverable : Verdict.Undeliverable), results.Select(one => one.Result.Verdict));
    }

    [Fact]
    public async Task Many_mailboxes_share_sessions_and_go_in_one_piece_where_the_server_offers_it()
    {
        await using var world = new SmtpWorld { Options = new SmtpOptions { SessionsPerHost = 2 } };
        world.Mail.Rcpt = OnlyJane;

        await world.Check([.. Enumerable.Range(0, 100).Select(n => $"x{n}@acme.com")]);

        Assert.InRange(world.Mail.MostSessionsAtOnce, 1, 2);
        Assert.InRange(world.Mail.Sessions, 1, 2);
        Assert.InRange(world.Mail.MostTogether, 21, 22);
        Assert.Equal(100, world.Mail.Recipients.Count());
    }

    [Fact]
    public async Task Without_pipelining_one_command_waits_for_the_other_and_transactions_are_reset()
    {
        await using var world = new SmtpWorld { Options = new SmtpOptions { SessionsPerHost = 1, RecipientsPerTransaction = 5 } };
        world.Mail.Extensions = [];
        world.Mail.Rcpt = OnlyJane;

        var results = await world.Check([.. Enumerable.Range(0, 12).Select(n => $"x{n}@acme.com")]);

        Assert.All(results, one => Assert.Equal("mailbox_not_found", one.Result.Reasons[0]));
        Assert.Equal((1, 1), (world.Mail.Sessions, world.Mail.MostTogether));
        Assert.Equal((3, 2), (world.Mail.Commands.Count(command => command.StartsWith("MAIL", StringComparison.Ordinal)), world.Mail.Commands.Count(command => command == "RSET")));
    }

    [Fact]
    public async Task Without_pipelining_a_transaction_goes_on_over_domains_until_the_server_minds()
    {
        await using var world = new SmtpWorld { Options = new SmtpOptions { SessionsPerHost = 1 } };
        world.Mail.Extensions = [];
        var domain = "";
        world.Mail.Mail = _ =>
        {
            domain = "";
            return "250 2.1.0 Ok";
        };
        world.Mail.Rcpt = mailbox =>
        {
            var its = mailbox.Split('@')[1];
            var mixes = domain.Length > 0 && domain != its && its == "google.com";
            domain = its;
            return mixes ? "451 4.3.0 Multiple destination domains per transaction is unsupported" : OnlyJane(mailbox);
        };
        foreach (var name in new[] { "one.com", "two.com", "google.com" })
            world.Domain(name, "mx.acme.com");

        var results = await world.Check("x@one.com", "x@two.com", "x@google.com");

        Assert.All(results, one => Assert.Equal("mailbox_not_found", one.Result.Reasons[0]));
        Assert.InRange(world.Mail.Commands.Count(command => command.StartsWith("MAIL", StringComparison.Ordinal)), 1, 2);
    }

    [Fact]
    public async Task List_that_has_to_wait_for_its_turns_is_answered_whole()
    {
        await using var world = new SmtpWorld { Options = new SmtpOptions { SessionsPerHost = 1, RecipientsPerTransaction = 1, PatienceSeconds = 5 } };
        world.Mail.RoundTrip = TimeSpan.FromMilliseconds(300);
        world.Mail.Rcpt = OnlyJane;

        var results = await world.Check([.. Enumerable.Range(0, 20).Select(n => $"x{n}@acme.com")]);

        Assert.All(results, one => Assert.Equal("mailbox_not_found", one.Result.Reasons[0]));
    }

    [Fact]
    public async Task Domains_of_one_server_share_its_sessions_and_never_a_transaction()
    {
        await using var world = new SmtpWorld { Options = new SmtpOptions { SessionsPerHost = 1 } };
        world.Domain("other.com", "mx.acme.com");
        world.Mail.Rcpt = OnlyJane;

        await world.Check("a@acme.com", "b@other.com", "c@acme.com", "d@other.com");

        Assert.Equal(1, world.Mail.Sessions);
        var transactions = string.Join('\n', world.Mail.Commands).Split("MAIL FROM", StringSplitOptions.None).Skip(1);
        Assert.All(transactions, commands => Assert.False(commands.Contains("acme.com", StringComparison.Ordinal) && commands.Contains("other.com", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Server_that_takes_few_recipients_is_asked_in_several_transactions()
    {
        await using var world = new SmtpWorld { Options = new SmtpOptions { SessionsPerHost = 1, RecipientsPerTransaction = 12 } };
        var inTransaction = 0;
        world.Mail.Mail = _ =>
        {
            inTransaction = 0;
            return "250 2.1.0 Ok";
        };
        world.Mail.Rcpt = mailbox => ++inTransaction > 5 ? "452 4.5.3 Too many recipients" : OnlyJane(mailbox);

        var results = await world.Check([.. Enumerable.Range(0, 12).Select(n => $"x{n}@acme.com")]);

        Assert.All(results, one => Assert.Equal("mailbox_not_found", one.Result.Reasons[0]));
    }

    [Fact]
    public async Task Next_server_is_asked_where_the_first_cannot_be_connected_to()
    {
        await using var world = new SmtpWorld();
        world.Host("down.acme.com", IPAddress.Parse("127.0.0.77"));
        world.Domain("acme.com", "down.acme.com", "mx.acme.com");
        world.Mail.Rcpt = OnlyJane;

        Assert.Equal("mailbox_accepted", (await world.Check("jane@acme.com"))[0].Result.Reasons[0]);
    }

    [Fact]
    public async Task Without_any_server_the_verdict_stays_open()
    {
        await using var world = new SmtpWorld();
        world.Host("down.acme.com", IPAddress.Parse("127.0.0.77"));
        world.Domain("acme.com", "down.acme.com");

        var result = (await world.Check("jane@acme.com"))[0].Result;

        Assert.Equal((Verdict.Unknown, "smtp_no_connection", true, null), (result.Verdict, result.Reasons[0], result.Checks.Smtp.Attempted, result.Checks.Smtp.Accepted));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("::1")]
    public async Task Mail_server_inside_our_own_network_is_not_talked_to(string address)
    {
        await using var world = new SmtpWorld();
        world.Dns.Answers("mx.acme.com", DnsAnswerType(address), Dns.DnsAnswer.Address(IPAddress.Parse(address)));
        if (address.Contains(':', StringComparison.Ordinal))
            world.Dns.Answers("mx.acme.com", Dns.DnsAnswer.A);
        var (validator, _) = world.Process(options => new SmtpOptions { Port = options.Port, CheckHost = "", HeloName = options.HeloName });

        var result = (await SmtpWorld.Check(validator, "jane@acme.com"))[0].Result;

        Assert.Equal((Verdict.Unknown, false), (result.Verdict, result.Checks.Smtp.Attempted));
        Assert.Contains("smtp_not_probed", result.Reasons);
        Assert.Equal(0, world.Mail.Sessions);
    }

    [Fact]
    public async Task International_mailbox_needs_a_server_that_offers_it()
    {
        await using var world = new SmtpWorld();
        world.Mail.Rcpt = mailbox => mailbox.StartsWith("jörg", StringComparison.Ordinal) ? "250 2.1.5 Ok" : "550 5.1.1 Unknown";

        var offered = (await world.Check("jörg@acme.com"))[0].Result;
        world.Mail.Extensions = ["PIPELINING"];
        var missing = (await world.Check("jörg@acme.com"))[0].Result;

        Assert.Equal("mailbox_accepted", offered.Reasons[0]);
        Assert.Contains("MAIL FROM:<> SMTPUTF8", world.Mail.Commands);
        Assert.Equal((Verdict.Undeliverable, "smtp_utf8_missing"), (missing.Verdict, missing.Reasons[0]));
    }

    private static int DnsAnswerType(string address) => address.Contains(':', StringComparison.Ordinal) ? Dns.DnsAnswer.Aaaa : Dns.DnsAnswer.A;
}
