namespace ProspectOps.Webhooks;

/// <summary>What an attempt leads to.</summary>
public abstract record DeliveryDecision
{
    private DeliveryDecision()
    {
    }

    public sealed record Delivered : DeliveryDecision;

    /// <param name="Delay">From now to the next attempt.</param>
    public sealed record Retry(TimeSpan Delay) : DeliveryDecision;

    /// <param name="Cause">Why no further attempt is made.</param>
    /// <param name="EndpointIsGone">The endpoint asked to be called no more.</param>
    public sealed record Dead(string Cause, bool EndpointIsGone) : DeliveryDecision;
}
