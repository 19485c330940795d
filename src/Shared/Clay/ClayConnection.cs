using System.Security.Cryptography;
using System.Text;
using ProspectOps.Platform.Ids;

namespace ProspectOps.Clay;

/// <summary>The webhook source of a Clay table, to which a campaign's people are sent.</summary>
/// <param name="AuthToken">What Clay asks for in <c>x-clay-webhook-auth</c>; null where it asks for nothing. A secret: never in a log or an answer.</param>
public sealed record ClayConnection(string CampaignId, Uri WebhookUrl, string? AuthToken, DateTimeOffset UpdatedAt)
{
    /// <summary>Names the webhook among those whose rows are counted.</summary>
    public string WebhookId => Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(WebhookUrl.AbsoluteUri)), 26);

    public override string ToString() => $"{CampaignId} → {WebhookUrl.Host}";
}
