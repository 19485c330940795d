using System.Globalization;
using ProspectOps.Platform.Storage;
using ProspectOps.Prospects;
using ProspectOps.Tenancy;

namespace ProspectOps.Campaigns;

/// <summary>
/// Table <c>Prospects</c>: tenant|campaign|shard(16) · <c>t|tier|999−score|key</c> holds a person and sorts by worth, <c>p|key</c> says where that row is,
/// <c>c|counts</c> counts, <c>d|…</c> marks what was counted. All that one chunk writes is one transaction.
/// </summary>
public sealed class CampaignProspectStore(IStorage storage) : IDisposable
{
    private const string CountsRow = "c|counts";

    private readonly ITable _table = storage.Table("Prospects");
    private readonly PayloadStore _payloads = new(storage.Blobs("campaign-prospects"));
    private readonly CountedWrites _counted = new(storage.Table("Prospects"));

    /// <summary>Adds people of one shard and counts them, once for each <paramref name="marker"/>.</summary>
    /// <param name="stopped">Verdicts of people who do not come into the campaign.</param>
    public async Task AddAsync(TenantId tenant, string campaignId, ProspectShard shard, string marker, IReadOnlyList<CampaignProspect> people, IReadOnlyList<Validation.Verdict> stopped, CancellationToken cancellationToken)
    {
        var partition = shard.Partition(tenant, campaignId);
        var deltas = new Dictionary<string, long> { ["Prospects"] = people.Count };
        foreach (var person in people)
        {
            Add(deltas, CampaignCounts.Column(person.Analysis.Tier));
            if (person.Validation is { } validation)
                Add(deltas, CampaignCounts.Column(validation.Verdict));
        }
        foreach (var verdict in stopped)
            Add(deltas, CampaignCounts.Column(verdict));

        var writes = new List<TableWrite>(people.Count * 2);
        foreach (var person in people)
        {
            writes.Add(TableWrite.Upsert(await PersonRowAsync(tenant, campaignId, partition, person, cancellationToken)));
            writes.Add(TableWrite.Upsert(new TableRow(partition, $"p|{person.ProspectKey}")
            {
                ["Tier"] = person.Analysis.Tier.ToString(),
                ["Score"] = person.Analysis.Score,
            }));
        }
        await _counted.WriteAsync(Marker(partition, marker), writes, CountsRow, deltas, cancellationToken);
    }

    /// <summary>Replaces people of one shard by themselves with content, and counts them, once for each marker.</summary>
    public async Task AddContentAsync(TenantId tenant, string campaignId, ProspectShard shard, string marker, IReadOnlyList<CampaignProspect> people, CancellationToken cancellationToken)
    {
        var partition = shard.Partition(tenant, campaignId);
        var writes = new List<TableWrite>(people.Count);
        foreach (var person in people)
            writes.Add(TableWrite.Upsert(await PersonRowAsync(tenant, campaignId, partition, person, cancellationToken)));
        await _counted.WriteAsync(Marker(partition, marker), writes, CountsRow, new Dictionary<string, long> { ["Generated"] = people.Count }, cancellationToken);
    }

    /// <summary>Counts people of one shard as delivered, once for each marker.</summary>
    public Task<bool> CountDeliveredAsync(TenantId tenant, string campaignId, ProspectShard shard, string marker, int people, CancellationToken cancellationToken) =>
        _counted.WriteAsync(Marker(shard.Partition(tenant, campaignId), marker), [], CountsRow, new Dictionary<string, long> { ["Delivered"] = people }, cancellationToken);

    /// <summary>Counts people of one shard as delivered, each once.</summary>
    /// <param name="source">Names the events about them.</param>
    /// <param name="delivered">A <c>d</c> for each who is.</param>
    public Task CountDeliveredAsync(TenantId tenant, string campaignId, ProspectShard shard, string source, string delivered, bool isFirst, CancellationToken cancellationToken) =>
        _counted.ChangeAsync(shard.Partition(tenant, campaignId), $"d|tally|{source}", isFirst, CountsRow, tally =>
        {
            var before = tally.Text("Delivered") ?? new string('-', delivered.Length);
            // Whoever was delivered once stays so, in whatever order the endpoints' news come.
            var after = string.Create(delivered.Length, (before, delivered), static (text, both) =>
            {
                for (var i = 0; i < text.Length; i++)
                    text[i] = both.before[i] == 'd' ? 'd' : both.delivered[i];
            });
            if (after == before)
                return null;
            tally["Delivered"] = after;
            return new Dictionary<string, long> { ["Delivered"] = after.Count(state => state == 'd') - before.Count(state => state == 'd') };
        }, cancellationToken);

    public async Task<long> CountAsync(TenantId tenant, string campaignId, ProspectShard shard, CancellationToken cancellationToken) =>
        await _table.FindAsync(shard.Partition(tenant, campaignId), CountsRow, cancellationToken) is { } counts ? counts.Number("Prospects") : 0;

    public async Task<CampaignCounts> CountsAsync(TenantId tenant, string campaignId, CancellationToken cancellationToken)
    {
        var counters = await Task.WhenAll(ProspectShard.All.Select(shard => _table.FindAsync(shard.Partition(tenant, campaignId), CountsRow, cancellationToken)));
        return CampaignCounts.Sum([.. counters.OfType<TableRow>()]);
    }

    /// <summary>A shard's people of a tier, or of all, best first within a tier, beginning behind <paramref name="after"/>.</summary>
    public async IAsyncEnumerable<(string Position, CampaignProspect Person)> RangeAsync(
        TenantId tenant, string campaignId, ProspectShard shard, Tier? tier, string after, int pageSize, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var prefix = tier is { } one ? $"t|{one}|" : "t|";
        var from = after.Length > 0 ? after + "!" : prefix;
        await foreach (var row in _table.RangeAsync(shard.Partition(tenant, campaignId), from, prefix + "~", pageSize, cancellationToken))
            yield return (row.Row, await _payloads.GetAsync<CampaignProspect>(row, cancellationToken));
    }

    public void Dispose() => _counted.Dispose();

    private async Task<TableRow> PersonRowAsync(TenantId tenant, string campaignId, string partition, CampaignProspect person, CancellationToken cancellationToken)
    {
        var row = new TableRow(partition, string.Create(CultureInfo.InvariantCulture, $"t|{person.Analysis.Tier}|{999 - person.Analysis.Score:000}|{person.ProspectKey}"));
        await _payloads.PutAsync(row, person, $"{tenant.Value}/{campaignId}/{person.ProspectKey}", cancellationToken);
        return row;
    }

    private static TableRow Marker(string partition, string marker) => new(partition, $"d|{marker}");

    private static void Add(Dictionary<string, long> deltas, string name) => deltas[name] = deltas.GetValueOrDefault(name) + 1;
}
