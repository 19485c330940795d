using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Clay;

/// <summary>People who wait for the pipeline: in table <c>ClayRows</c>, tenant · <c>in|campaign|</c>time, a batch (large ones in container <c>clay-rows</c>), and <c>g|campaign</c>, the claim that is being carried out.</summary>
public sealed class ClayInboundStore(IStorage storage)
{
    private readonly ITable _table = storage.Table("ClayRows");
    private readonly PayloadStore _payloads = new(storage.Blobs("clay-rows"));
    private readonly IQueue<ClayInboundMessage> _queue = storage.Queue<ClayInboundMessage>(ClayInboundMessage.Queue);

    /// <summary>The write that adds a batch; it belongs into the transaction of the rows that it comes from.</summary>
    /// <param name="id">Sorts by time.</param>
    public async Task<TableWrite> BatchAsync(TenantId tenant, string campaignId, string id, IReadOnlyList<InboundPerson> people, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(people);
        var row = new TableRow(tenant.Value, Prefix(campaignId) + id) { ["Count"] = people.Count };
        await _payloads.PutAsync(row, people, $"{tenant.Value}/{campaignId}/{id}", cancellationToken);
        return TableWrite.Insert(row);
    }

    /// <summary>Names of the oldest batches, of about so many people.</summary>
    public async Task<IReadOnlyList<string>> WaitingAsync(TenantId tenant, string campaignId, int batches, int people, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        long count = 0;
        await foreach (var row in _table.RangeAsync(tenant.Value, Prefix(campaignId), Prefix(campaignId) + "~", batches, cancellationToken))
        {
            names.Add(row.Row);
            count += row.Number("Count");
            if (names.Count == batches || count >= people)
                break;
        }
        return names;
    }

    /// <summary>What batches hold, oldest first; null where one is gone.</summary>
    public async Task<IReadOnlyList<InboundPerson>?> PeopleAsync(TenantId tenant, IReadOnlyList<string> batches, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batches);
        var people = new List<InboundPerson>();
        foreach (var name in batches)
        {
            if (await _table.FindAsync(tenant.Value, name, cancellationToken) is not { } row)
                return null;
            people.AddRange(await _payloads.GetAsync<List<InboundPerson>>(row, cancellationToken));
        }
        return people;
    }

    public async Task<InboundClaim?> ClaimAsync(TenantId tenant, string campaignId, CancellationToken cancellationToken) =>
        await _table.FindAsync(tenant.Value, ClaimKey(campaignId), cancellationToken) is { } row ? PackedJson.Unpack<InboundClaim>(row.Bytes("Claim")!) : null;

    /// <summary>False where another is being carried out.</summary>
    public Task<bool> TryClaimAsync(TenantId tenant, string campaignId, InboundClaim claim, CancellationToken cancellationToken) =>
        _table.TryInsertAsync(new TableRow(tenant.Value, ClaimKey(campaignId)) { ["Claim"] = PackedJson.Pack(claim) }, cancellationToken);

    /// <summary>Takes a claim away with its batches: all at once, so that somebody who carries it out as well finds all or nothing.</summary>
    public Task FulfilAsync(TenantId tenant, string campaignId, InboundClaim claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return _table.TransactAsync([TableWrite.Delete(tenant.Value, ClaimKey(campaignId)), .. claim.Batches.Select(name => TableWrite.Delete(tenant.Value, name))], cancellationToken);
    }

    /// <summary>Takes away a claim whose batches are gone; another's stays.</summary>
    public async Task DropAsync(TenantId tenant, string campaignId, InboundClaim claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (await _table.FindAsync(tenant.Value, ClaimKey(campaignId), cancellationToken) is { } row && PackedJson.Unpack<InboundClaim>(row.Bytes("Claim")!).Seed == claim.Seed)
            await _table.TransactAsync([TableWrite.Delete(row)], cancellationToken);
    }

    public Task SendAsync(TenantId tenant, string campaignId, TimeSpan delay, CancellationToken cancellationToken) =>
        _queue.SendAsync(new ClayInboundMessage(ClayInboundMessage.CurrentVersion, tenant.Value, campaignId), delay, cancellationToken);

    private static string Prefix(string campaignId) => $"in|{campaignId}|";

    private static string ClaimKey(string campaignId) => $"g|{campaignId}";
}
