using ProspectOps.Testing;

namespace ProspectOps.Tests.Validation.Smtp;

/// <summary>Against a real mail server, Debian's Postfix; passed over, with the reason, where it cannot be had.</summary>
public sealed class PostfixTests
{
    [Theory]
    [InlineData(true, "STARTTLS)")]
    [InlineData(false, "no TLS)")]
    public async Task Real_server_is_asked_and_understood(bool offersTls, string tls)
    {
        await using var mail = await StartAsync(offersTls);
        await using var world = World(mail);

        var results = await world.Check("jane@acme.com", "nobody@acme.com", "full@acme.com", "off@acme.com", "grey@acme.com", "anybody@all.com", "jörg@acme.com", "x@elsewhere.com");

        Assert.Equal(
            ["mailbox_accepted", "mailbox_not_found", "mailbox_full", "mailbox_disabled", "greylisted", "catch_all", "mailbox_not_found", "server_busy"],
            results.Select(one => one.Result.Reasons[0]));
        Assert.Equal((250, false, true), (results[0].Result.Checks.Smtp.Code, results[0].Result.Checks.Smtp.CatchAll, results[4].AskAgainAt is not null));
        Assert.Contains("User unknown in virtual mailbox table", results[1].Result.Checks.Smtp.Message, StringComparison.Ordinal);
        Assert.All(results, one => Assert.Contains(tls, one.Result.Basis[1].Asked, StringComparison.Ordinal));
        Assert.DoesNotContain("DATA", await mail.LogAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Real_server_that_ends_sessions_after_ten_refusals_still_answers_for_all()
    {
        await using var mail = await StartAsync(offersTls: false);
        await using var world = World(mail);

        var results = await world.Check([.. Enumerable.Range(0, 45).Select(n => n % 15 == 7 ? $"somebody{n}@all.com" : $"nobody{n}@acme.com")]);

        Assert.Contains("too many errors", await mail.LogAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Enumerable.Range(0, 45).Select(n => n % 15 == 7 ? "catch_all" : "mailbox_not_found"), results.Select(one => one.Result.Reasons[0]));
    }

    private static async Task<PostfixServer> StartAsync(bool offersTls)
    {
        if (await DebianServers.PostfixMissingBecauseAsync() is { } reason)
            Assert.Skip($"No Postfix: {reason}.");
        return await PostfixServer.StartAsync(offersTls);
    }

    private static SmtpWorld World(PostfixServer mail)
    {
        var world = new SmtpWorld { Options = new() { SessionsPerHost = 1, PatienceSeconds = 60 }, PortOfMailServers = mail.Port };
        world.Domain("all.com", "mx.acme.com");
        world.Domain("elsewhere.com", "mx.acme.com");
        return world;
    }
}
