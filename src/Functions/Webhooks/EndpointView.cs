using ProspectOps.Platform.Signing;
using ProspectOps.Webhooks;

namespace ProspectOps.Functions.Webhooks;

/// <summary>An endpoint as the API answers it; <see cref="Secret"/> is in the answers to its making and its rotation alone.</summary>
public sealed record EndpointView(
    string EndpointId,
    string Url,
    IReadOnlyList<string> Events,
    string? Description,
    IReadOnlyDictionary<string, string> Headers,
    string? CampaignId,
    double? RatePerSecond,
    EndpointStatus Status,
    string? DisabledReason,
    DateTimeOffset? DisabledAt,
    DateTimeOffset? FailingSince,
    string Signing,
    string? PublicKey,
    DateTimeOffset? PreviousSecretUntil,
    DateTimeOffset CreatedAt,
    string? Secret = null)
{
    private static readonly string[] Confidential = ["auth", "token", "secret", "key", "cookie", "password"];

    public static EndpointView Of(WebhookEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var publicKey = WebhookKeyPair.TryParse(endpoint.Secret, out var keys) ? keys!.PublicText : null;
        return new EndpointView(
            endpoint.EndpointId, endpoint.Url.AbsoluteUri, endpoint.Events, endpoint.Description,
            // What lets one in at the receiver is not shown to whoever may read.
            endpoint.Headers.ToDictionary(header => header.Key, header => Confidential.Any(word => header.Key.Contains(word, StringComparison.OrdinalIgnoreCase)) ? "…" : header.Value),
            endpoint.CampaignId, endpoint.RatePerSecond, endpoint.Status, endpoint.DisabledReason, endpoint.DisabledAt, endpoint.FailingSince,
            publicKey is null ? "hmac" : "ed25519", publicKey, endpoint.PreviousSecretUntil, endpoint.CreatedAt);
    }

    /// <summary>With the symmetric secret; of a key pair the private half stays with us.</summary>
    public static EndpointView WithSecret(WebhookEndpoint endpoint)
    {
        var view = Of(endpoint);
        return view.PublicKey is null ? view with { Secret = endpoint.Secret } : view;
    }
}
