using ProspectOps.Validation;
using ProspectOps.Validation.Smtp;

namespace ProspectOps.Tests.Validation.Smtp;

/// <summary>Several domains of one mail server, asked about together.</summary>
public sealed partial class MailboxProbeTests
{
    [Fact]
    public async Task Domains_of_one_server_are_asked_about_in_one_flight()
    {
        await using var world = new SmtpWorld { Options = new SmtpOptions { SessionsPerHost = 1, CatchAll = false } };
        string[] domains = [.. Enumerable.Range(0, 10).Select(n => $"d{n}.com")];
        foreach (var domain in domains)
            world.Domain(domain, "mx.acme.com");
        world.Mail.Rcpt = OnlyJane;

        var results = await world.Check([.. domains.Select((domain, n) => n % 3 == 0 ? $"jane@{domain}" : $"x@{domain}")]);

        Assert.Equal(domains.Select((_, n) => n % 3 == 0 ? Verdict.Deliverable : Verdict.Undeliverable), results.Select(one => one.Result.Verdict));
        // MAIL and RCPT each, and RSET between them.
        Assert.Equal((1, 10 * 2 + 9), (world.Mail.Sessions, world.Mail.MostTogether));
    }

    [Fact]
    public async Task Server_that_breaks_off_at_one_domain_still_answers_for_the_others()
    {
        await using var world = new SmtpWorld { Options = new SmtpOptions { SessionsPerHost = 1, CatchAll = false } };
        foreach (var domain in (string[])["a.com", "b.com", "c.com"])
            world.Domain(domain, "mx.acme.com");
        world.Mail.Rcpt = OnlyJane;
        world.Mail.Instead = command => command.Contains("@b.com", StringComparison.Ordinal) ? [] : null;

        var results = await world.Check("jane@a.com", "jane@b.com", "x@c.com");

        Assert.Equal(["mailbox_accepted", "smtp_broken", "mailbox_not_found"], results.Select(one => one.Result.Reasons[0]));
    }
}
