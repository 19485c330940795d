namespace ProspectOps.Inbound;

/// <summary>What a request from somebody else's system carries to say who it is: the values of its headers.</summary>
/// <param name="Token"><c>x-clay-webhook-auth</c>.</param>
/// <param name="KeyId"><c>X-Key-Id</c>.</param>
/// <param name="Timestamp"><c>X-Timestamp</c>, or <c>webhook-timestamp</c> beside a <paramref name="WebhookSignature"/>.</param>
/// <param name="Signature"><c>X-Signature</c>.</param>
public sealed record InboundCredentials(string? Token, string? KeyId, string? Timestamp, string? Signature, string? WebhookId, string? WebhookSignature)
{
    public bool IsEmpty => Token is null && Signature is null && WebhookSignature is null;
}
