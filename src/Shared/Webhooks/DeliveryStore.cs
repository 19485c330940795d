using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>
/// Table <c>Deliveries</c>: tenant|endpoint · <c>b|</c>inverse time…, a batch of up to 50 deliveries with what became of each: one row, because a store
/// pays for rows. The events themselves are kept by <see cref="EventStore"/>.
/// </summary>
public sealed class DeliveryStore(IStorage storage)
{
    private readonly ITable _table = storage.Table("Deliveries");

    /// <summary>False where the batch is there: this step ran before.</summary>
    public Task<bool> TryAddAsync(DeliveryBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return _table.TryInsertAsync(batch.Write(), cancellationToken);
    }

    public async Task<DeliveryBatch?> FindAsync(TenantId tenant, string endpointId, string batch, CancellationToken cancellationToken) =>
        await _table.FindAsync(DeliveryBatch.PartitionOf(tenant, endpointId), $"b|{batch}", cancellationToken) is { } row
            ? DeliveryBatch.Read(tenant, endpointId, row)
            : null;

    /// <summary>The batch with its new version, or null where somebody else changed it meanwhile.</summary>
    public async Task<DeliveryBatch?> TryReplaceAsync(DeliveryBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return await _table.TryReplaceAsync(batch.Write(), cancellationToken) is { } version ? batch with { Version = version } : null;
    }
}
