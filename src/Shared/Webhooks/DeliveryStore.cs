using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>
/// Table <c>Deliveries</c>: tenant|endpoint · <c>b|</c>inverse time…, a batch of up to 50 deliveries with what became of each: one row, because a store
/// pays for rows. Container <c>webhook-payloads</c> holds a batch's events as they are posted.
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
        // Refused where the batch is there: this step ran before.
        await _table.TryInsertAsync(batch.Write(), cancellationToken);
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
}
