using ProspectOps.Webhooks;

namespace ProspectOps.Functions.Webhooks;

/// <summary>What a replay sends, or would.</summary>
/// <param name="ReplayId">Null where it is only asked what it would do.</param>
/// <param name="Events">Events of types that the endpoint hears of, since then.</param>
/// <param name="AlreadyDelivered">Of these, how many the endpoint took before and will see again.</param>
/// <param name="Seconds">How long the sending takes at the replay's rate.</param>
/// <param name="StatusUrl">The endpoint's deliveries; null where nothing is sent.</param>
public sealed record ReplayView(string? ReplayId, string EndpointId, DateTimeOffset Since, bool DryRun, int Events, int AlreadyDelivered, double PerSecond, double Seconds, string? StatusUrl)
{
    public static ReplayView Of(ReplayPlan plan, string? statusUrl)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new(plan.ReplayId, plan.EndpointId, plan.Since, plan.DryRun, plan.Events, plan.AlreadyDelivered, plan.PerSecond, plan.Seconds, statusUrl);
    }
}
