using System.Runtime.CompilerServices;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Ids;
using ProspectOps.Prospects;
using ProspectOps.Tenancy;

namespace ProspectOps.Campaigns;

/// <summary>Reads campaigns: with their counts, their people by worth, and whole for an export.</summary>
public sealed class CampaignReader(CampaignStore campaigns, CampaignProspectStore people)
{
    private const int ExportPage = 100;

    /// <exception cref="DomainException"><c>campaign_not_found</c>.</exception>
    public async Task<Campaign> GetAsync(TenantId tenant, string campaignId, CancellationToken cancellationToken) =>
        (IdSource.IsWellFormed(campaignId, "cmp") ? await campaigns.FindAsync(tenant, campaignId, cancellationToken) : null) ?? throw new DomainException(CampaignErrors.NotFound);

    public Task<CampaignCounts> CountsAsync(TenantId tenant, string campaignId, CancellationToken cancellationToken) => people.CountsAsync(tenant, campaignId, cancellationToken);

    /// <summary>A page of people, best score first: the sixteen shards' ordered ranges, merged.</summary>
    /// <param name="after">The sort position of the last one seen; empty for the first page.</param>
    public async Task<IReadOnlyList<(string Position, CampaignProspect Person)>> PageAsync(TenantId tenant, string campaignId, Tier? tier, string after, int limit, CancellationToken cancellationToken)
    {
        // A page is spread evenly over the shards; one that turns out richer asks for a second page of its own.
        var perShard = Math.Min(limit, Math.Max(4, limit / ProspectShard.Count * 2 + 2));
        var page = new List<(string, CampaignProspect)>(limit);
        await foreach (var item in MergeAsync(tenant, campaignId, tier, after, perShard, cancellationToken))
        {
            page.Add(item);
            if (page.Count == limit)
                break;
        }
        return page;
    }

    /// <summary>Everybody, best first, as they are read.</summary>
    public async IAsyncEnumerable<CampaignProspect> AllAsync(TenantId tenant, string campaignId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (_, person) in MergeAsync(tenant, campaignId, null, "", ExportPage, cancellationToken))
            yield return person;
    }

    private async IAsyncEnumerable<(string Position, CampaignProspect Person)> MergeAsync(
        TenantId tenant, string campaignId, Tier? tier, string after, int perShard, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ranges = ProspectShard.All
            .Select(shard => people.RangeAsync(tenant, campaignId, shard, tier, after, perShard, cancellationToken).GetAsyncEnumerator(cancellationToken))
            .ToArray();
        try
        {
            var begun = await Task.WhenAll(ranges.Select(range => range.MoveNextAsync().AsTask()));
            var heads = new PriorityQueue<IAsyncEnumerator<(string Position, CampaignProspect Person)>, string>(StringComparer.Ordinal);
            foreach (var (range, hasOne) in ranges.Zip(begun))
            {
                if (hasOne)
                    heads.Enqueue(range, range.Current.Position);
            }
            while (heads.TryDequeue(out var best, out _))
            {
                yield return best.Current;
                if (await best.MoveNextAsync())
                    heads.Enqueue(best, best.Current.Position);
            }
        }
        finally
        {
            foreach (var range in ranges)
                await range.DisposeAsync();
        }
    }
}
