using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Limits;
using ProspectOps.Tenancy.Quotas;

namespace ProspectOps.Functions.Tenancy;

/// <summary>Every rate, quota and budget window that a key has to stay in, as it stands.</summary>
public sealed class CallerLimits(RateLimiter limiter, QuotaService quotas, TimeProvider clock)
{
    public async Task<IReadOnlyList<LimitView>> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var (limit, used, reset) = limiter.Show(caller.Key);
        var items = new List<LimitView>
        {
            new("requests.perMinute", "rate", "key", limit, used, Math.Max(0, limit - used), clock.GetUtcNow().AddSeconds(reset)),
        };
        foreach (var standing in await quotas.StandingAsync(QuotaSubject.Of(caller), cancellationToken))
        {
            var (window, metric) = (standing.Window, standing.Metric);
            items.Add(new LimitView(
                window.Quota, metric == QuotaMetric.Llm ? "budget" : "quota", window.KeyId is null ? "tenant" : "key",
                QuotaStanding.Shown(metric, window.Limit), QuotaStanding.Shown(metric, standing.Used), QuotaStanding.Shown(metric, Math.Max(0, window.Limit - standing.Used)), window.ResetsAt));
        }
        return items;
    }
}
