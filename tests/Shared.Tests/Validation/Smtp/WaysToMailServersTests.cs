using System.Net;
using ProspectOps.Validation;
using ProspectOps.Validation.Smtp;

namespace ProspectOps.Tests.Validation.Smtp;

/// <summary>The proxy, the check at start, and what is said where no mail server can be asked.</summary>
public sealed class WaysToMailServersTests
{
    private static readonly Func<string, string> OnlyJane = mailbox => mailbox.StartsWith("jane", StringComparison.Ordinal) ? "250 2.1.5 Ok" : "550 5.1.1 Unknown";

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("me:secret", "me", "secret")]
    public async Task Proxy_leads_to_the_mail_server(string? wants, string? user, string? password)
    {
        await using var proxy = new ScriptedProxy { Wants = wants };
        await using var world = new SmtpWorld { Options = new SmtpOptions { Mode = SmtpMode.Socks5, Socks5Proxy = proxy.Address, Socks5User = user, Socks5Password = password } };
        world.Mail.Rcpt = OnlyJane;

        var result = (await world.Check("jane@acme.com"))[0].Result;

        Assert.Equal("mailbox_accepted", result.Reasons[0]);
        Assert.Contains("(socks5, ", result.Basis[1].Asked, StringComparison.Ordinal);
        Assert.Equal(world.Mail.EndPoint, proxy.Connected[0]);
    }

    [Theory]
    [InlineData("me:secret", 0, 5, "refuses our user")]
    [InlineData(null, 2, 5, "not allowed by its rules")]
    [InlineData(null, 0, 4, "no SOCKS5 proxy")]
    public async Task Proxy_that_does_not_let_through_says_why(string? wants, byte answer, byte version, string part)
    {
        await using var proxy = new ScriptedProxy { Wants = wants, Answer = answer, Version = version };
        await using var world = new SmtpWorld { Options = new SmtpOptions { Mode = SmtpMode.Socks5, Socks5Proxy = proxy.Address, Socks5User = "me", Socks5Password = "wrong" } };

        var result = (await world.Check("jane@acme.com"))[0].Result;

        Assert.Equal("smtp_no_connection", result.Reasons[0]);
        Assert.Contains(part, result.Checks.Smtp.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_at_start_finds_the_port_open_and_says_by_which_way_and_name()
    {
        await using var world = new SmtpWorld();
        var (_, reach) = world.Process(options => With(options, "mx.acme.com"));

        await reach.TryAsync();

        Assert.Equal(ReachState.Open, reach.State);
        Assert.Contains("direct, HELO probe.example.com", reach.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Mail.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Closed_port_is_found_at_start_and_no_mail_server_is_tried_any_more()
    {
        await using var world = new SmtpWorld();
        world.Host("closed.acme.com", IPAddress.Parse("127.0.0.78"));
        var (validator, reach) = world.Process(options => With(options, "closed.acme.com"));

        await reach.TryAsync();
        var result = (await SmtpWorld.Check(validator, "jane@acme.com"))[0].Result;

        Assert.Equal(ReachState.Closed, reach.State);
        Assert.Equal((Verdict.Unknown, false, 0), (result.Verdict, result.Checks.Smtp.Attempted, world.Mail.Sessions));
        Assert.Equal(["mx_found", "smtp_not_probed"], result.Reasons);
        Assert.Contains("closed", result.Basis[1].Answered, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_refuses_us_at_start_shows_the_port_open_and_its_words()
    {
        await using var world = new SmtpWorld();
        world.Mail.Banner = "554 5.7.1 You are on a list";
        var (_, reach) = world.Process(options => With(options, "mx.acme.com"));

        await reach.TryAsync();

        Assert.Equal(ReachState.Open, reach.State);
        Assert.Contains("You are on a list", reach.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Some_servers_in_a_row_without_connection_show_that_the_port_is_closed()
    {
        await using var world = new SmtpWorld();
        for (var i = 0; i < 6; i++)
        {
            world.Host($"mx{i}.down.com", IPAddress.Parse($"127.0.0.{80 + i}"));
            world.Domain($"down{i}.com", $"mx{i}.down.com");
        }
        var (validator, reach) = world.Process();

        await SmtpWorld.Check(validator, [.. Enumerable.Range(0, 6).Select(i => $"jane@down{i}.com")]);

        Assert.Equal(ReachState.Closed, reach.State);
    }

    [Fact]
    public async Task Switched_off_it_says_so()
    {
        await using var world = new SmtpWorld { Options = new SmtpOptions { Mode = SmtpMode.Off } };

        var result = (await world.Check("jane@acme.com"))[0].Result;

        Assert.Equal(["mx_found", "smtp_not_probed"], result.Reasons);
        Assert.Contains("Mode is off", result.Basis[1].Answered, StringComparison.Ordinal);
    }

    private static SmtpOptions With(SmtpOptions options, string checkHost) =>
        new() { Port = options.Port, AllowPrivateAddresses = true, HeloName = options.HeloName, CheckHost = checkHost, ConnectTimeoutSeconds = 120 };
}
