using System.Text.Json.Serialization;

namespace ProspectOps.Webhooks;

/// <summary>A delivery that was given up, and why.</summary>
/// <param name="DeliveryId">The delivery's; of a message that could not be read, <c>raw_</c> and its hash.</param>
/// <param name="ClusterId">The same for all that died of the same cause: endpoint, status and what was answered.</param>
/// <param name="Answer">The beginning of what was answered last.</param>
public sealed record DeadLetter(
    string DeliveryId, string? EndpointId, string? EventId, string? EventType, string? CampaignId, string Cause, int? Status, string? Answer, int Attempts, string ClusterId, DateTimeOffset DeadAt, DateTimeOffset ExpiresAt)
{
    [JsonIgnore]
    public string? Batch { get; init; }

    [JsonIgnore]
    public int Index { get; init; }
}
