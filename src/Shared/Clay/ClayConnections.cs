using Microsoft.Extensions.Options;
using ProspectOps.Campaigns;
using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy;
using ProspectOps.Webhooks;

namespace ProspectOps.Clay;

/// <summary>Connects campaigns to Clay tables.</summary>
public sealed class ClayConnections(
    ClayConnectionStore connections, ClayRowStore rows, CampaignReader campaigns, PrivateNetworkGuard guard, IOptions<ClayOptions> options, TimeProvider clock)
{
    private const int MostTokenCharacters = 1000;
    private const int PageOfRows = 1000;

    /// <summary>Sets a campaign's connection. Without a token the one before stays, where the address does.</summary>
    /// <exception cref="DomainException"><c>validation_failed</c>, <c>campaign_not_found</c>, <c>url_invalid</c>, <c>url_not_allowed</c>.</exception>
    public async Task<ClayConnectionView> PutAsync(TenantId tenant, string? webhookUrl, string? authToken, string? campaignId, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Require(campaignId is { Length: > 0 }, "campaignId", "must name a campaign");
        errors.Require(webhookUrl is { Length: > 0 and <= 2000 }, "webhookUrl", "must be the URL of the table's webhook source");
        errors.Require(authToken is not { Length: > MostTokenCharacters } && (authToken ?? "").All(character => character is > ' ' and <= '~'), "authToken", $"must be at most {MostTokenCharacters} printable characters without spaces");
        errors.ThrowIfAny();
        if (!Uri.TryCreate(webhookUrl, UriKind.Absolute, out var url) || url is not { Scheme: "http" or "https", UserInfo: "", Fragment: "", IdnHost.Length: > 0 and <= 253 })
            throw new DomainException(WebhookErrors.UrlInvalid with { Errors = new Dictionary<string, string[]> { ["webhookUrl"] = ["must be an absolute http or https URL"] } });
        await campaigns.GetAsync(tenant, campaignId!, cancellationToken);
        await guard.RequireAllowedAsync(url, cancellationToken);

        var before = await connections.FindAsync(tenant, campaignId!, cancellationToken);
        var token = authToken is { Length: > 0 } given ? given : before?.WebhookUrl == url ? before.AuthToken : null;
        var connection = new ClayConnection(campaignId!, url, token, clock.GetUtcNow());
        await connections.PutAsync(tenant, connection, cancellationToken);
        return await ViewAsync(tenant, connection, cancellationToken);
    }

    /// <param name="campaignId">Null for the one last connected.</param>
    /// <exception cref="DomainException"><c>clay_connection_not_found</c>.</exception>
    public async Task<ClayConnectionView> GetAsync(TenantId tenant, string? campaignId, CancellationToken cancellationToken)
    {
        campaignId ??= await connections.LastCampaignAsync(tenant, cancellationToken);
        if (campaignId is not null)
            await campaigns.GetAsync(tenant, campaignId, cancellationToken);
        return campaignId is not null && await connections.FindAsync(tenant, campaignId, cancellationToken) is { } connection
            ? await ViewAsync(tenant, connection, cancellationToken)
            : throw new DomainException(ClayErrors.ConnectionNotFound);
    }

    /// <summary>A page of rows in a state: what is open by when it is due, the rest newest first.</summary>
    /// <param name="campaignId">Null for every campaign.</param>
    public async Task<IReadOnlyList<(string Position, ClayRowView Row)>> RowsAsync(TenantId tenant, ClayRowStatus? status, string? campaignId, string after, int limit, CancellationToken cancellationToken)
    {
        if (campaignId is not null)
            await campaigns.GetAsync(tenant, campaignId, cancellationToken);
        var now = clock.GetUtcNow();
        var range = status switch
        {
            null => ClayRowIndex.Range(null),
            ClayRowStatus.Overdue => ClayRowIndex.Overdue(now),
            ClayRowStatus.Awaiting => ClayRowIndex.Range(ClayRowIndex.Open),
            ClayRowStatus.Returned => ClayRowIndex.Range(ClayRowIndex.Returned),
            ClayRowStatus.Failed => ClayRowIndex.Range(ClayRowIndex.Failed),
            _ => throw new ArgumentOutOfRangeException(nameof(status)),
        };
        var page = new List<(string, ClayRowView)>();
        await foreach (var (position, row) in rows.ListAsync(tenant, range, after, campaignId, limit, cancellationToken))
        {
            page.Add((position, ClayRowView.Of(row, now)));
            if (page.Count == limit)
                break;
        }
        return page;
    }

    // One call for every thousand rows that are open: counted when somebody asks, not with every row.
    private async Task<ClayConnectionView> ViewAsync(TenantId tenant, ClayConnection connection, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        long awaiting = 0, overdue = 0;
        await foreach (var (_, row) in rows.ListAsync(tenant, ClayRowIndex.Range(ClayRowIndex.Open), "", connection.CampaignId, PageOfRows, cancellationToken))
        {
            awaiting++;
            overdue += row.DueAt <= now ? 1 : 0;
        }
        var sent = await connections.SentAsync(tenant, connection, cancellationToken);
        return new ClayConnectionView(connection.WebhookUrl, connection.CampaignId, connection.AuthToken is not null, sent, options.Value.LifetimeLimit, awaiting, overdue, connection.UpdatedAt);
    }
}
