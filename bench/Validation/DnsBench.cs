using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ProspectOps.Bench.Reporting;
using ProspectOps.Validation;

namespace ProspectOps.Bench.Validation;

/// <summary>Distinct domains a second, over a warm name server on loopback.</summary>
internal sealed class DnsBench : IBench
{
    private const int Domains = 20_000;

    public string Name => "dns";

    public string Summary => "distinct domains per second, over a warm local name server";

    public async Task RunAsync(BenchOptions options, Report report, CancellationToken cancellationToken)
    {
        using var server = new LoopbackDns();
        await using var services = ValidationServices.With(server.Address, 25, 1);
        var validator = services.GetRequiredService<IEmailValidator>();
        await RunAsync(validator, "warm", 1_000, cancellationToken);
        var (perSecond, found) = await RunAsync(validator, "d", Domains, cancellationToken);
        report.Add("one address each in distinct domains", "domains", perSecond, "/s");
        report.Add("one address each in distinct domains", "found", 100.0 * found / Domains, "%");
        var (again, _) = await RunAsync(validator, "d", Domains, cancellationToken);
        report.Add("the same again, from memory", "domains", again, "/s");
    }

    private static async Task<(double PerSecond, int Found)> RunAsync(IEmailValidator validator, string prefix, int count, CancellationToken cancellationToken)
    {
        string[] emails = [.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"jane@{prefix}{i}.com"))];
        var started = Stopwatch.GetTimestamp();
        var results = await validator.ValidateAsync(emails, ValidationSettings.Default, cancellationToken);
        return (count / Stopwatch.GetElapsedTime(started).TotalSeconds, results.Count(result => result.Checks.Mx.Found == true));
    }
}
