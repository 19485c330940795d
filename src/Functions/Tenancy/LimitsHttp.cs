using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Tenancy.Limits;
using ProspectOps.Tenancy.Quotas;

namespace ProspectOps.Functions.Tenancy;

/// <summary>What a key may still do.</summary>
public sealed class LimitsHttp(RateLimiter limiter, QuotaService quotas, TimeProvider clock)
{
    [Function("GetLimits")]
    [Requires(RequiresAttribute.AnyKey)]
    [Operation("Every rate, quota and budget window that applies to this key.")]
    [Answers(200, typeof(LimitsView))]
    public async Task<IResult> GetAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "limits")] HttpRequest request, CancellationToken cancellationToken)
    {
        var caller = request.Caller();
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
        return Replies.Ok(new LimitsView($"key_{caller.KeyId}", caller.Tenant.Value, items));
    }
}
