using System.Globalization;
using ProspectOps.Platform.Signing;

namespace ProspectOps.Webhooks;

/// <summary>The headers that sign a request, by every secret that is valid: in the form of Standard Webhooks, and for a symmetric secret in Stripe's as well.</summary>
/// <remarks>
/// <c>webhook-signature: v1,…</c> (HMAC-SHA256) or <c>v1a,…</c> (Ed25519) over <c>id.timestamp.body</c>;
/// <c>x-prospectops-signature: t=…,v1=…</c> over <c>t.body</c>, keyed with the secret's text. Source: the Standard Webhooks specification; Stripe, "Verify webhook signatures manually".
/// </remarks>
public static class WebhookSignatures
{
    public const string SecondHeader = "x-prospectops-signature";

    /// <exception cref="InvalidDataException">The endpoint's secret is none.</exception>
    public static IEnumerable<KeyValuePair<string, string>> Of(WebhookEndpoint endpoint, string eventId, DateTimeOffset at, byte[] body)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        string[] secrets = endpoint.PreviousSecret is { } previous && endpoint.PreviousSecretUntil > at ? [endpoint.Secret, previous] : [endpoint.Secret];
        var standard = new List<string>(secrets.Length);
        var second = new List<string>(secrets.Length);
        foreach (var text in secrets)
        {
            if (WebhookSecret.TryParse(text, out var secret))
            {
                standard.Add(secret!.Sign(eventId, at, body));
                second.Add($"v1={secret.SignTimestamped(at, body)}");
            }
            else
            {
                standard.Add(WebhookKeyPair.TryParse(text, out var keys) ? keys!.Sign(eventId, at, body) : throw new InvalidDataException("An endpoint's secret cannot be read."));
            }
        }
        yield return new("webhook-id", eventId);
        yield return new("webhook-timestamp", timestamp);
        yield return new("webhook-signature", string.Join(' ', standard));
        if (second.Count > 0)
            yield return new(SecondHeader, $"t={timestamp},{string.Join(',', second)}");
    }
}
