using System.Globalization;
using System.Runtime.CompilerServices;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Storage;
using ProspectOps.Prospects;
using ProspectOps.Tenancy;

namespace ProspectOps.Clay;

/// <summary>
/// What pushes have to send: in table <c>ClayRows</c>, tenant · <c>w|workflow</c>, the push; <c>q|workflow|time|</c>row, a row to be sent (large ones in container <c>clay-rows</c>);
/// <c>e|workflow|</c>slice, what a recorded slice has still to be counted as.
/// </summary>
public sealed class ClayQueueStore(IStorage storage, IdSource ids)
{
    private readonly ITable _table = storage.Table("ClayRows");
    private readonly PayloadStore _payloads = new(storage.Blobs("clay-rows"));

    /// <summary>Adds it; one that is there was made by the same request before.</summary>
    public Task AddAsync(TenantId tenant, string workflowId, ClayPush push, CancellationToken cancellationToken) =>
        _table.TryInsertAsync(PushRow(tenant, workflowId, push), cancellationToken);

    public Task SaveAsync(TenantId tenant, string workflowId, ClayPush push, CancellationToken cancellationToken) =>
        _table.UpsertAsync(PushRow(tenant, workflowId, push), cancellationToken);

    public async Task<ClayPush> GetAsync(TenantId tenant, string workflowId, CancellationToken cancellationToken) =>
        await _table.FindAsync(tenant.Value, $"w|{workflowId}", cancellationToken) is { } row
            ? PackedJson.Unpack<ClayPush>(row.Bytes("Push")!)
            : throw new InvalidDataException("A push is gone.");

    /// <summary>The write that queues a row; the same row twice is one.</summary>
    public async Task<TableWrite> QueueAsync(TenantId tenant, string workflowId, ClayRow row, Tier tier, byte[] json, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        return TableWrite.Upsert(await WriteAsync(tenant, new QueuedRow(KeyOf(workflowId, row.Key, null), row.PoRowId, tier, json, 0, DateTimeOffset.MinValue), cancellationToken));
    }

    /// <summary>The writes that put a row off.</summary>
    public async Task<IReadOnlyList<TableWrite>> PutOffAsync(TenantId tenant, string workflowId, ClayRow row, QueuedRow queued, DateTimeOffset until, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(queued);
        var later = queued with { Key = KeyOf(workflowId, row.Key, until), Tries = queued.Tries + 1, NextAt = until };
        return [Done(tenant, queued), TableWrite.Upsert(await WriteAsync(tenant, later, cancellationToken))];
    }

    public static TableWrite Done(TenantId tenant, QueuedRow queued)
    {
        ArgumentNullException.ThrowIfNull(queued);
        return TableWrite.Delete(tenant.Value, queued.Key);
    }

    /// <summary>The next rows, those first that have waited longest.</summary>
    public async Task<IReadOnlyList<QueuedRow>> NextAsync(TenantId tenant, string workflowId, int most, CancellationToken cancellationToken)
    {
        var next = new List<QueuedRow>(most);
        await foreach (var row in _table.RangeAsync(tenant.Value, $"q|{workflowId}|", $"q|{workflowId}|~", most, cancellationToken))
        {
            next.Add(new QueuedRow(
                row.Row, row.Text("PoRowId")!, Enum.Parse<Tier>(row.Text("Tier")!), await _payloads.GetAsync<byte[]>(row, cancellationToken), (int)row.Number("Tries"), row.Time("NextAt") ?? DateTimeOffset.MinValue));
            if (next.Count == most)
                break;
        }
        return next;
    }

    /// <summary>The write that says what a slice is to be counted as; it belongs into the slice's transaction.</summary>
    public TableWrite Effects(TenantId tenant, string workflowId, IReadOnlyDictionary<string, long> deliver, IReadOnlyDictionary<string, long> analyze)
    {
        var key = $"e|{workflowId}|{ids.NewSuffix()}";
        return TableWrite.Insert(new TableRow(tenant.Value, key) { ["Effects"] = PackedJson.Pack(new SliceEffects(key, deliver, analyze)) });
    }

    public async IAsyncEnumerable<SliceEffects> UncountedAsync(TenantId tenant, string workflowId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.RangeAsync(tenant.Value, $"e|{workflowId}|", $"e|{workflowId}|~", 100, cancellationToken))
            yield return PackedJson.Unpack<SliceEffects>(row.Bytes("Effects")!);
    }

    public Task CountedAsync(TenantId tenant, SliceEffects effects, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(effects);
        return _table.DeleteAsync(tenant.Value, effects.Key, cancellationToken);
    }

    private static string KeyOf(string workflowId, string rowKey, DateTimeOffset? nextAt) =>
        string.Create(CultureInfo.InvariantCulture, $"q|{workflowId}|{nextAt?.UtcTicks ?? 0:D19}|{rowKey[2..]}");

    private static TableRow PushRow(TenantId tenant, string workflowId, ClayPush push) => new(tenant.Value, $"w|{workflowId}") { ["Push"] = PackedJson.Pack(push) };

    private async Task<TableRow> WriteAsync(TenantId tenant, QueuedRow queued, CancellationToken cancellationToken)
    {
        var row = new TableRow(tenant.Value, queued.Key)
        {
            ["PoRowId"] = queued.PoRowId,
            ["Tier"] = queued.Tier.ToString(),
            ["Tries"] = queued.Tries,
            ["NextAt"] = queued.NextAt == DateTimeOffset.MinValue ? null : queued.NextAt,
        };
        await _payloads.PutAsync(row, queued.Json, $"{tenant.Value}/{queued.Key[2..]}", cancellationToken);
        return row;
    }
}
