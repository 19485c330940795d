using System.Globalization;
using System.Text;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Usage;

namespace ProspectOps.Functions.Tenancy;

/// <summary>What a tenant is shown of itself as Prometheus text: what it used since midnight (UTC), over all processes, and the limits of the key that asks. One range of one partition is read, and what the limits need.</summary>
public sealed class TenantMetrics(UsageStore usage, CallerLimits limits, TimeProvider clock)
{
    private static readonly (string Name, string Help, Func<UsageCounts, decimal> Of)[] Counters =
    [
        ("requests", "Requests of the tenant's keys since midnight.", counts => counts.Requests),
        ("validations", "Addresses validated since midnight.", counts => counts.Validations),
        ("tokens", "Tokens of models since midnight.", counts => counts.InputTokens + counts.OutputTokens),
        ("cost_usd", "What models cost since midnight.", counts => counts.CostMicroUsd / 1_000_000m),
        ("cache_hits", "Answers from the cache since midnight.", counts => counts.CacheHits),
        ("deliveries", "Webhooks delivered since midnight.", counts => counts.Deliveries),
    ];

    public async Task<string> WriteAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var sums = new SortedDictionary<string, UsageCounts>(StringComparer.Ordinal);
        await foreach (var row in usage.RangeAsync(caller.Tenant, today, today, cancellationToken))
            sums[row.Operation] = sums.GetValueOrDefault(row.Operation) + row.Counts;
        var text = new StringBuilder();
        foreach (var (name, help, of) in Counters)
        {
            Head(text, $"prospectops_tenant_{name}_total", help, "counter");
            foreach (var (operation, counts) in sums.Where(sum => of(sum.Value) > 0))
                text.Append(CultureInfo.InvariantCulture, $"prospectops_tenant_{name}_total{{operation=\"{operation}\"}} {of(counts)}\n");
        }
        var windows = await limits.ReadAsync(caller, cancellationToken);
        Gauge(text, "limit", "What a window lets through.", windows, window => window.Limit);
        Gauge(text, "limit_used", "What of it is used.", windows, window => window.Used);
        return text.ToString();
    }

    private static void Gauge(StringBuilder text, string name, string help, IEnumerable<LimitView> windows, Func<LimitView, decimal> of)
    {
        Head(text, $"prospectops_tenant_{name}", help, "gauge");
        foreach (var window in windows)
            text.Append(CultureInfo.InvariantCulture, $"prospectops_tenant_{name}{{window=\"{window.Name}\",applies_to=\"{window.AppliesTo}\"}} {of(window)}\n");
    }

    private static void Head(StringBuilder text, string name, string help, string type) => text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
}
