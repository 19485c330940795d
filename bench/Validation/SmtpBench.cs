using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ProspectOps.Bench.Reporting;
using ProspectOps.Validation;

namespace ProspectOps.Bench.Validation;

/// <summary>Mailboxes a second at a round trip of 20 ms over 10 sessions, against a connection a mailbox, 10 at a time.</summary>
internal sealed class SmtpBench : IBench
{
    private const int Sessions = 10;
    private const int Mailboxes = 2_000;
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(20);

    public string Name => "smtp";

    public string Summary => "mailboxes per second at 20 ms round trip and 10 sessions, against a connection each";

    public async Task RunAsync(BenchOptions options, Report report, CancellationToken cancellationToken)
    {
        var plain = await ConnectionEachAsync(cancellationToken);
        report.Add("a connection a mailbox, 10 at a time", "mailboxes", plain, "/s");
        foreach (var (isPipelined, perDomain) in new[] { (false, 1), (true, 1), (true, 20) })
        {
            var perSecond = await OursAsync(isPipelined, perDomain, cancellationToken);
            var section = string.Create(CultureInfo.InvariantCulture, $"ours, {(isPipelined ? "with" : "without")} pipelining, {perDomain} mailbox(es) a domain");
            report.Add(section, "mailboxes", perSecond, "/s");
            report.Add(section, "against a connection each", perSecond / plain, "times");
        }
    }

    private static async Task<double> OursAsync(bool isPipelined, int perDomain, CancellationToken cancellationToken)
    {
        using var dns = new LoopbackDns();
        await using var mail = new LoopbackMail(RoundTrip, isPipelined);
        await using var services = ValidationServices.With(dns.Address, mail.Port, Sessions);
        var validator = services.GetRequiredService<IEmailValidator>();
        string[] emails = [.. Enumerable.Range(0, Mailboxes).Select(i => string.Create(CultureInfo.InvariantCulture, $"{(i % 2 == 0 ? "a" : "b")}{i}@d{i / perDomain}.com"))];
        // DNS is not what is measured here.
        await validator.ValidateAsync(emails, ValidationSettings.Default, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        var results = await validator.ValidateAsync(emails, new ValidationSettings(true, []), cancellationToken);
        var perSecond = Mailboxes / Stopwatch.GetElapsedTime(started).TotalSeconds;
        var wrong = results.Index().Count(one => one.Item.Checks.Smtp.Accepted != (one.Index % 2 == 0));
        return wrong == 0 ? perSecond : throw new InvalidOperationException($"{wrong} of {Mailboxes} answers are wrong: {results.First(one => one.Checks.Smtp.Accepted is null).Basis[^1]}");
    }

    private static async Task<double> ConnectionEachAsync(CancellationToken cancellationToken)
    {
        const int Count = 300;
        await using var mail = new LoopbackMail(RoundTrip, isPipelined: false);
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, Count), new ParallelOptions { MaxDegreeOfParallelism = Sessions, CancellationToken = cancellationToken }, async (i, token) =>
        {
            using var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(IPAddress.Loopback, mail.Port, token);
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
            await reader.ReadLineAsync(token);
            foreach (var command in new[] { "HELO bench", "MAIL FROM:<>", string.Create(CultureInfo.InvariantCulture, $"RCPT TO:<a{i}@d{i}.com>"), "QUIT" })
            {
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), token);
                if (command != "QUIT")
                    await reader.ReadLineAsync(token);
            }
        });
        return Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
