namespace ProspectOps.Webhooks;

/// <summary>Which dead letters; null for all.</summary>
/// <param name="Search">A part of the ids, the cause, the type or the answer, without regard to case.</param>
public sealed record DeadLetterFilter(string? EndpointId = null, string? ClusterId = null, string? EventType = null, int? Status = null, string? Search = null)
{
    public bool Takes(DeadLetter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return (EndpointId is null || letter.EndpointId == EndpointId)
            && (ClusterId is null || letter.ClusterId == ClusterId)
            && (EventType is null || letter.EventType == EventType)
            && (Status is null || letter.Status == Status)
            && (Search is null || new[] { letter.DeliveryId, letter.EventId, letter.EventType, letter.CampaignId, letter.Cause, letter.Answer }.Any(text => text?.Contains(Search, StringComparison.OrdinalIgnoreCase) == true));
    }
}
