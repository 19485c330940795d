using System.Globalization;
using ProspectOps.Platform.Storage;
using ProspectOps.Prospects;
using ProspectOps.Tenancy;

namespace ProspectOps.Campaigns;

/// <summary>
/// Table <c>Prospects</c>: tenant|campaign|shard(16) · <c>t|tier|999−score|key</c> holds a person and sorts by worth, <c>p|key</c> says where that row is,
/// <c>c|counts</c> counts, <c>d|…</c> marks what was counted, <c>w|workflow|key</c> names who joined by a later workflow. All that one chunk writes is one transaction.
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
            writes.Add(TableWrite.Upsert(Pointer(partition, person)));
        }
        await _counted.WriteAsync(Marker(partition, marker), writes, CountsRow, deltas, cancellationToken);
    }

    /// <summary>Adds people of one shard of whom some may be in the campaign, and counts each person once; who was there is replaced, whatever their tier was.</summary>
    /// <remarks>Only one workflow at a time may join people to a campaign. Whoever is replaced no longer counts as written to or delivered: both follow anew.</remarks>
    public async Task JoinAsync(
        TenantId tenant, string campaignId, ProspectShard shard, string workflowId, string marker, IReadOnlyList<CampaignProspect> people, IReadOnlyList<Validation.Verdict> stopped, CancellationToken cancellationToken)
    {
        var partition = shard.Partition(tenant, campaignId);
        var deltas = new Dictionary<string, long>();
        var writes = new List<TableWrite>(people.Count * 4);
        var replaced = 0;
        foreach (var person in people)
        {
            Add(deltas, CampaignCounts.Column(person.Analysis.Tier));
            if (person.Validation is { } validation)
                Add(deltas, CampaignCounts.Column(validation.Verdict));
            var row = await PersonRowAsync(tenant, campaignId, partition, person, cancellationToken);
            if (await FindRowAsync(partition, person.ProspectKey, cancellationToken) is { } old)
            {
                var before = await _payloads.GetAsync<CampaignProspect>(old, cancellationToken);
                replaced++;
                Add(deltas, CampaignCounts.Column(before.Analysis.Tier), -1);
                if (before.Validation is { } was)
                    Add(deltas, CampaignCounts.Column(was.Verdict), -1);
                if (before.Content is not null)
                    Add(deltas, "Generated", -1);
                if (old.Row != row.Row)
                    writes.Add(TableWrite.Delete(partition, old.Row));
            }
            else
            {
                Add(deltas, "Prospects");
            }
            writes.Add(TableWrite.Upsert(row));
            writes.Add(TableWrite.Upsert(Pointer(partition, person)));
            writes.Add(TableWrite.Upsert(new TableRow(partition, JoinedRow(workflowId, person.ProspectKey))));
        }
        foreach (var verdict in stopped)
            Add(deltas, CampaignCounts.Column(verdict));
        // Deliveries are counted by number, not by person: of those who are replaced, at most as many as were.
        if (replaced > 0 && await _table.FindAsync(partition, CountsRow, cancellationToken) is { } counts)
            deltas["Delivered"] = -Math.Min(replaced, counts.Number("Delivered"));
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

    /// <param name="workflowId">Counts those alone who joined by it; null for everybody.</param>
    public async Task<long> CountAsync(TenantId tenant, string campaignId, ProspectShard shard, string? workflowId, CancellationToken cancellationToken)
    {
        var partition = shard.Partition(tenant, campaignId);
        if (workflowId is null)
            return await _table.FindAsync(partition, CountsRow, cancellationToken) is { } counts ? counts.Number("Prospects") : 0;
        long joined = 0;
        await foreach (var _ in _table.RangeAsync(partition, JoinedRow(workflowId, ""), JoinedRow(workflowId, "~"), 1000, cancellationToken))
            joined++;
        return joined;
    }

    /// <summary>One person; null where they are not in the campaign.</summary>
    public async Task<CampaignProspect?> FindAsync(TenantId tenant, string campaignId, string prospectKey, CancellationToken cancellationToken) =>
        await FindRowAsync(ProspectShard.OfKey(prospectKey).Partition(tenant, campaignId), prospectKey, cancellationToken) is { } row
            ? await _payloads.GetAsync<CampaignProspect>(row, cancellationToken)
            : null;

    public async Task<bool> IsInAsync(TenantId tenant, string campaignId, string prospectKey, CancellationToken cancellationToken) =>
        await _table.FindAsync(ProspectShard.OfKey(prospectKey).Partition(tenant, campaignId), $"p|{prospectKey}", cancellationToken) is not null;

    /// <summary>A shard's people: those who joined by a workflow, or, where that is null, everybody, best first within a tier.</summary>
    public async IAsyncEnumerable<(string Position, CampaignProspect Person)> OfWorkflowAsync(
        TenantId tenant, string campaignId, ProspectShard shard, string? workflowId, int pageSize, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (workflowId is null)
        {
            await foreach (var item in RangeAsync(tenant, campaignId, shard, null, "", pageSize, cancellationToken))
                yield return item;
            yield break;
        }
        var prefix = JoinedRow(workflowId, "");
        await foreach (var joined in _table.RangeAsync(shard.Partition(tenant, campaignId), prefix, prefix + "~", pageSize, cancellationToken))
        {
            var person = await FindAsync(tenant, campaignId, joined.Row[prefix.Length..], cancellationToken) ?? throw new InvalidDataException("Somebody who joined is gone.");
            yield return (joined.Row, person);
        }
    }

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
        var row = new TableRow(partition, PersonRow(person.Analysis.Tier, person.Analysis.Score, person.ProspectKey));
        await _payloads.PutAsync(row, person, $"{tenant.Value}/{campaignId}/{person.ProspectKey}", cancellationToken);
        return row;
    }

    private async Task<TableRow?> FindRowAsync(string partition, string prospectKey, CancellationToken cancellationToken) =>
        await _table.FindAsync(partition, $"p|{prospectKey}", cancellationToken) is { } pointer
            ? await _table.FindAsync(partition, PersonRow(Enum.Parse<Tier>(pointer.Text("Tier")!), (int)pointer.Number("Score"), prospectKey), cancellationToken)
            : null;

    private static TableRow Pointer(string partition, CampaignProspect person) => new(partition, $"p|{person.ProspectKey}")
    {
        ["Tier"] = person.Analysis.Tier.ToString(),
        ["Score"] = person.Analysis.Score,
    };

    private static string PersonRow(Tier tier, int score, string prospectKey) => string.Create(CultureInfo.InvariantCulture, $"t|{tier}|{999 - score:000}|{prospectKey}");

    private static string JoinedRow(string workflowId, string prospectKey) => $"w|{workflowId}|{prospectKey}";

    private static TableRow Marker(string partition, string marker) => new(partition, $"d|{marker}");

    private static void Add(Dictionary<string, long> deltas, string name, long change = 1) => deltas[name] = deltas.GetValueOrDefault(name) + change;
}
