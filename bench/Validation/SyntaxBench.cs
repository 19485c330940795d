using System.Diagnostics;
using System.Globalization;
using System.Net.Mail;
using ProspectOps.Bench.Reporting;
using ProspectOps.Validation;

namespace ProspectOps.Bench.Validation;

/// <summary>Addresses a second on one thread, beside the runtime's own parser.</summary>
internal sealed class SyntaxBench : IBench
{
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(3);

    public string Name => "syntax";

    public string Summary => "addresses parsed per second on one thread, beside MailAddress.TryCreate";

    public Task RunAsync(BenchOptions options, Report report, CancellationToken cancellationToken)
    {
        string[] firstNames = ["jane", "ben", "maria", "j", "anne-marie", "o'brien", "christopher", "x"];
        string[] companies = ["acme.com", "northern-lights.example", "mail.big-company.co.uk", "gmail.com", "a.io"];
        string[] emails = [.. Enumerable.Range(0, 1_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{firstNames[i % 8]}.{i}@{companies[i % 5]}"))];
        (string Name, Func<string, bool> Check)[] parsers =
        [
            ("EmailSyntax.IsValid", email => EmailSyntax.IsValid(email, out _)),
            ("EmailAddress.TryParse, canonical form included", email => EmailAddress.TryParse(email, out _, out _)),
            ("MailAddress.TryCreate", email => MailAddress.TryCreate(email, out _)),
        ];
        foreach (var (name, check) in parsers)
            Run(emails, check, TimeSpan.FromSeconds(1), cancellationToken);
        foreach (var (name, check) in parsers)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var (count, elapsed) = Run(emails, check, Measured, cancellationToken);
            report.Add(name, "addresses", count / elapsed.TotalSeconds, "/s");
            report.Add(name, "allocated each", (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / count, "bytes");
        }
        return Task.CompletedTask;
    }

    private static (long Count, TimeSpan Elapsed) Run(string[] emails, Func<string, bool> check, TimeSpan time, CancellationToken cancellationToken)
    {
        long count = 0;
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var email in emails)
            {
                if (!check(email))
                    throw new InvalidOperationException($"{email} is an address.");
            }
            count += emails.Length;
        }
        return (count, Stopwatch.GetElapsedTime(started));
    }
}
