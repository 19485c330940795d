using System.Diagnostics.Metrics;

namespace ProspectOps.Webhooks;

/// <summary>Meter <c>ProspectOps.Webhooks</c>: what an operator raises an alert on.</summary>
public sealed class WebhookMetrics : IDisposable
{
    public const string Name = "ProspectOps.Webhooks";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _dead;
    private readonly Counter<long> _disabled;
    private readonly Counter<long> _expired;

    public WebhookMetrics()
    {
        _dead = _meter.CreateCounter<long>("prospectops_webhook_deliveries_dead_total", description: "Deliveries that were given up.");
        _disabled = _meter.CreateCounter<long>("prospectops_webhook_endpoints_disabled_total", description: "Endpoints that were disabled.");
        _expired = _meter.CreateCounter<long>("prospectops_webhook_dead_letters_expired_total", description: "Dead letters that were deleted for their age.");
    }

    public void DeliveriesDead(int count) => _dead.Add(count);

    public void EndpointDisabled(string reason) => _disabled.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void DeadLettersExpired(int count) => _expired.Add(count);

    public void Dispose() => _meter.Dispose();
}
