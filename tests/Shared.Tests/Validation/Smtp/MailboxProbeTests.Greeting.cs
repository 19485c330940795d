using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ProspectOps.Validation;
using ProspectOps.Validation.Smtp;

namespace ProspectOps.Tests.Validation.Smtp;

/// <summary>How a session begins: encrypted or not, in the new way or the old, and by whom.</summary>
public sealed partial class MailboxProbeTests
{
    [Fact]
    public async Task Offered_encryption_is_used()
    {
        await using var world = new SmtpWorld();
        using var key = RSA.Create(2048);
        using var plain = new CertificateRequest("CN=mx.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var certificate = X509CertificateLoader.LoadPkcs12(plain.Export(X509ContentType.Pfx), null);
        world.Mail.Certificate = certificate;
        world.Mail.Extensions = ["STARTTLS", "PIPELINING"];
        world.Mail.Rcpt = OnlyJane;

        var result = (await world.Check("jane@acme.com"))[0].Result;

        Assert.Equal("mailbox_accepted", result.Reasons[0]);
        Assert.Contains("STARTTLS)", result.Basis[1].Asked, StringComparison.Ordinal);
        Assert.Equal(2, world.Mail.Commands.Count(command => command.StartsWith("EHLO", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("220 Go\r\nthis is no handshake")]
    [InlineData("220 Go\r\n")]
    public async Task Encryption_that_fails_is_done_without(string? instead)
    {
        await using var world = new SmtpWorld { Options = new SmtpOptions { ReplyTimeoutSeconds = 4 } };
        world.Mail.Extensions = ["STARTTLS", "PIPELINING"];
        world.Mail.Rcpt = OnlyJane;
        world.Mail.Instead = command => command == "STARTTLS" && instead is not null ? Encoding.ASCII.GetBytes(instead) : null;

        var result = (await world.Check("jane@acme.com"))[0].Result;

        Assert.Equal("mailbox_accepted", result.Reasons[0]);
        Assert.Contains("no TLS)", result.Basis[1].Asked, StringComparison.Ordinal);
        Assert.Equal(2, world.Mail.Sessions);
    }

    [Fact]
    public async Task Old_server_is_greeted_in_the_old_way()
    {
        await using var world = new SmtpWorld();
        world.Mail.KnowsEhlo = false;
        world.Mail.Rcpt = OnlyJane;

        Assert.Equal("mailbox_accepted", (await world.Check("jane@acme.com"))[0].Result.Reasons[0]);
        Assert.Contains("HELO probe.example.com", world.Mail.Commands);
    }

    [Fact]
    public async Task Sender_that_is_refused_is_no_word_on_the_mailbox()
    {
        await using var world = new SmtpWorld();
        world.Mail.Mail = _ => "550 5.7.1 Null sender refused";
        world.Mail.Rcpt = _ => "503 5.5.1 Bad sequence";

        var result = (await world.Check("jane@acme.com"))[0].Result;

        Assert.Equal((Verdict.Unknown, "sender_blocked", 550), (result.Verdict, result.Reasons[0], result.Checks.Smtp.Code));
    }
}
