namespace ProspectOps.Webhooks;

/// <summary>A delivery as the API answers it.</summary>
/// <param name="Status"><c>pending</c>, <c>delivered</c>, <c>retrying</c>, <c>dead</c> or <c>canceled</c>.</param>
/// <param name="Response">What was answered last, 16 KB of it at most; in the answer about one delivery alone.</param>
/// <param name="Body">What is posted; likewise.</param>
public sealed record DeliveryView(
    string DeliveryId,
    string EndpointId,
    string EventId,
    string EventType,
    string? CampaignId,
    string? ProspectKey,
    string Status,
    bool Replay,
    IReadOnlyList<AttemptView> Attempts,
    DateTimeOffset? NextAttemptAt,
    string? Cause,
    string? Response = null,
    string? Body = null)
{
    public static DeliveryView Of(DeliveryBatch batch, int index)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var (state, delivery) = (batch.States[index], batch.Log[index]);
        return new DeliveryView(
            batch.DeliveryId(index), batch.EndpointId, delivery.EventId, batch.EventType, batch.CampaignId, delivery.ProspectKey, DeliveryState.NameOf(state), batch.ReplayId is not null,
            [.. delivery.Attempts.Select(attempt => new AttemptView(attempt.At, attempt.Status, Math.Round(attempt.LatencyMs, 1), attempt.Failure))],
            DeliveryState.IsOpen(state) ? delivery.NextAttemptAt : null, delivery.Cause);
    }
}
