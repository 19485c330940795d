namespace ProspectOps.Functions.Webhooks;

/// <summary>A delivery that is attempted again now.</summary>
public sealed record DeliveryRetryView(string DeliveryId, string StatusUrl)
{
    public static DeliveryRetryView Of(string deliveryId) => new(deliveryId, $"/api/webhooks/deliveries/{deliveryId}");
}
