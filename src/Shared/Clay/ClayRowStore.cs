using System.Runtime.CompilerServices;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Clay;

/// <summary>
/// Table <c>ClayRows</c>: tenant · <c>r|campaign|</c>hash of po_row_id, a row; <c>x|state|time|…</c>, its place in the lists; <c>k|campaign|</c>identity, a person whose rows
/// carry no id; <c>in|campaign|</c>time, people who wait for the pipeline (<see cref="ClayInboundStore"/>); <c>q|workflow|…</c>, what a push has to send (<see cref="ClayQueueStore"/>).
/// One partition, so that whatever changes together is one transaction.
/// </summary>
public sealed class ClayRowStore(IStorage storage)
{
    private readonly ITable _table = storage.Table("ClayRows");

    public async Task<ClayRow?> FindAsync(TenantId tenant, string campaignId, string poRowId, CancellationToken cancellationToken) =>
        await _table.FindAsync(tenant.Value, ClayRow.KeyOf(campaignId, poRowId), cancellationToken) is { } row ? ClayRow.Read(tenant, row) : null;

    public async Task<KnownPerson?> FindPersonAsync(TenantId tenant, string campaignId, string identity, CancellationToken cancellationToken) =>
        await _table.FindAsync(tenant.Value, PersonKey(campaignId, identity), cancellationToken) is { } row
            ? new KnownPerson(campaignId, identity, row.Text("ProspectKey")!, row.Text("Content"), row.Version)
            : null;

    public static TableWrite Write(TenantId tenant, KnownPerson person)
    {
        ArgumentNullException.ThrowIfNull(person);
        var row = new TableRow(tenant.Value, PersonKey(person.CampaignId, person.Identity)) { ["ProspectKey"] = person.ProspectKey, ["Content"] = person.Content, Version = person.Version };
        return person.Version is null ? TableWrite.Insert(row) : TableWrite.Replace(row);
    }

    /// <summary>Says under which key a person is who is known by another now.</summary>
    public Task AddAliasAsync(TenantId tenant, string campaignId, string identity, string prospectKey, CancellationToken cancellationToken) =>
        _table.TryInsertAsync(new TableRow(tenant.Value, PersonKey(campaignId, identity)) { ["ProspectKey"] = prospectKey }, cancellationToken);

    /// <summary>All or nothing; false where somebody else changed one of them meanwhile.</summary>
    public async Task<bool> TryWriteAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken) => (await _table.TransactAsync(writes, cancellationToken)).Committed;

    /// <summary>A list, in its order, with each row's place in it.</summary>
    /// <param name="campaignId">Null for all campaigns.</param>
    public async IAsyncEnumerable<(string Position, ClayRow Row)> ListAsync(
        TenantId tenant, (string From, string To) range, string after, string? campaignId, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = after.Length > 0 ? after + "!" : range.From;
        await foreach (var row in _table.RangeAsync(tenant.Value, from, range.To, pageSize, cancellationToken))
        {
            if (campaignId is null || row.Text("CampaignId") == campaignId)
                yield return (row.Row, ClayRow.Read(tenant, row));
        }
    }

    private static string PersonKey(string campaignId, string identity) => $"k|{campaignId}|{identity}";
}
