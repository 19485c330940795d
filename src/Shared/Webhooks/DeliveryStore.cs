using System.Text.Json;
using ProspectOps.Platform.Json;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>
/// Table <c>Deliveries</c>: tenant|endpoint · <c>d|</c>inverse time…index a delivery, <c>b|</c>inverse time… the batch that carries up to 50 of them.
/// Container <c>webhook-payloads</c> holds a batch's events as they are posted.
/// </summary>
public sealed class DeliveryStore(IStorage storage)
{
    private readonly ITable _table = storage.Table("Deliveries");
    private readonly IBlobs _payloads = storage.Blobs("webhook-payloads");

    /// <summary>Adds a batch with its deliveries and events, once.</summary>
    public async Task AddAsync(DeliveryBatch batch, IReadOnlyList<PlannedEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(events);
        await _payloads.WriteAsync(batch.PayloadBlob, PackedJson.Pack(events), cancellationToken);
        List<TableWrite> writes = [TableWrite.Insert(batch.Write())];
        for (var i = 0; i < events.Count; i++)
        {
            writes.Add(TableWrite.Upsert(new TableRow(batch.Partition, batch.DeliveryRow(i))
            {
                ["EventId"] = events[i].EventId,
                ["EventType"] = batch.EventType,
                ["ProspectKey"] = events[i].ProspectKey,
                ["Status"] = "pending",
            }));
        }
        // Refused where the batch is there: this step ran before.
        await _table.TransactAsync(writes, cancellationToken);
    }

    public async Task<DeliveryBatch?> FindAsync(TenantId tenant, string endpointId, string batch, CancellationToken cancellationToken) =>
        await _table.FindAsync(DeliveryBatch.PartitionOf(tenant, endpointId), $"b|{batch}", cancellationToken) is { } row
            ? DeliveryBatch.Read(tenant, endpointId, row)
            : null;

    public async Task<IReadOnlyList<PlannedEvent>> EventsAsync(DeliveryBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return PackedJson.Unpack<List<PlannedEvent>>(
            await _payloads.ReadAsync(batch.PayloadBlob, cancellationToken) ?? throw new InvalidDataException("A batch's events are gone."));
    }

    /// <summary>The batch with its new version, or null where somebody else changed it meanwhile.</summary>
    public async Task<DeliveryBatch?> TryReplaceAsync(DeliveryBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return await _table.TryReplaceAsync(batch.Write(), cancellationToken) is { } version ? batch with { Version = version } : null;
    }

    /// <summary>Records an attempt: the batch and every delivery attempted, together. Null where somebody else changed the batch meanwhile.</summary>
    public async Task<DeliveryBatch?> RecordAsync(DeliveryBatch batch, int attempt, IReadOnlyDictionary<int, AttemptResult> results, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(results);
        List<TableWrite> writes = [TableWrite.Replace(batch.Write())];
        foreach (var (index, result) in results)
        {
            writes.Add(TableWrite.Merge(new TableRow(batch.Partition, batch.DeliveryRow(index))
            {
                ["Status"] = batch.States[index] switch { 'd' => "delivered", 'x' => "dead", _ => "retrying" },
                [$"Attempt{attempt:00}"] = JsonSerializer.Serialize(
                    new { at = result.At, status = result.Status, latencyMs = Math.Round(result.LatencyMs, 1), error = result.Failure }, JsonDefaults.Options),
                ["NextAttemptAt"] = batch.States[index] == 'o' ? batch.NextAttemptAt : null,
            }));
        }
        var outcome = await _table.TransactAsync(writes, cancellationToken);
        return outcome.Committed ? batch with { Version = outcome.Versions[0] } : null;
    }
}
