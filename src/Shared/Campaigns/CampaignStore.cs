using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Campaigns;

/// <summary>Table <c>Campaigns</c>: tenant · inverted campaignId. Reads served: one by id; all of a tenant, newest first.</summary>
public sealed class CampaignStore(IStorage storage)
{
    private readonly ITable _table = storage.Table("Campaigns");

    public async Task<Campaign?> FindAsync(TenantId tenant, string campaignId, CancellationToken cancellationToken) =>
        await _table.FindAsync(tenant.Value, Base32.Invert(campaignId), cancellationToken) is { } row ? Read(row) : null;

    /// <summary>Adds it; one with that id already there is the same campaign, made by the same request before.</summary>
    public Task AddAsync(TenantId tenant, Campaign campaign, CancellationToken cancellationToken) =>
        _table.TryInsertAsync(Write(tenant, campaign), cancellationToken);

    public async Task SetStatusAsync(TenantId tenant, string campaignId, CampaignStatus status, CancellationToken cancellationToken)
    {
        if (await FindAsync(tenant, campaignId, cancellationToken) is { } campaign && campaign.Status != status)
            await _table.UpsertAsync(Write(tenant, campaign with { Status = status }), cancellationToken);
    }

    public async Task<IReadOnlyList<Campaign>> ListAsync(TenantId tenant, string after, int limit, CancellationToken cancellationToken)
    {
        var campaigns = new List<Campaign>();
        await foreach (var row in _table.RangeAsync(tenant.Value, after.Length == 0 ? "" : Base32.Invert(after) + "!", "~", limit, cancellationToken))
        {
            campaigns.Add(Read(row));
            if (campaigns.Count == limit)
                break;
        }
        return campaigns;
    }

    private static TableRow Write(TenantId tenant, Campaign campaign) => new(tenant.Value, Base32.Invert(campaign.CampaignId))
    {
        ["Name"] = campaign.Name,
        ["Industry"] = campaign.Industry,
        ["Description"] = campaign.Description,
        ["Status"] = campaign.Status.ToString(),
        ["CreatedAt"] = campaign.CreatedAt,
    };

    private static Campaign Read(TableRow row) => new(
        Base32.Invert(row.Row),
        row.Text("Name") ?? "",
        row.Text("Industry") ?? "",
        row.Text("Description"),
        Enum.Parse<CampaignStatus>(row.Text("Status") ?? nameof(CampaignStatus.Draft)),
        row.Time("CreatedAt") ?? default);
}
