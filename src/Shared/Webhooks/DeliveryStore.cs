using System.Runtime.CompilerServices;
using System.Text.Json;
using ProspectOps.Platform.Json;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>
/// Table <c>Deliveries</c>: tenant|endpoint · <c>b|</c>inverse time…, a batch of up to 50 deliveries with what became of each: one row, because a store
/// pays for rows. Answers that make it large go to container <c>webhook-answers</c>. The events themselves are kept by <see cref="EventStore"/>.
/// </summary>
public sealed class DeliveryStore(IStorage storage)
{
    private readonly ITable _table = storage.Table("Deliveries");
    private readonly PayloadStore _logs = new(storage.Blobs("webhook-answers"));

    /// <summary>False where the batch is there: this step ran before.</summary>
    public async Task<bool> TryAddAsync(DeliveryBatch batch, CancellationToken cancellationToken) =>
        await _table.TryInsertAsync(await WriteAsync(batch, cancellationToken), cancellationToken);

    public async Task<DeliveryBatch?> FindAsync(TenantId tenant, string endpointId, string batch, CancellationToken cancellationToken) =>
        await _table.FindAsync(DeliveryBatch.PartitionOf(tenant, endpointId), $"b|{batch}", cancellationToken) is { } row
            ? await ReadAsync(tenant, endpointId, row, cancellationToken)
            : null;

    /// <summary>An endpoint's batches, newest first, from <paramref name="from"/> on.</summary>
    public async IAsyncEnumerable<DeliveryBatch> RangeAsync(TenantId tenant, string endpointId, string from, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.RangeAsync(DeliveryBatch.PartitionOf(tenant, endpointId), $"b|{from}", "b|~", pageSize, cancellationToken))
            yield return await ReadAsync(tenant, endpointId, row, cancellationToken);
    }

    /// <summary>The batch with its new version, or null where somebody else changed it meanwhile.</summary>
    public async Task<DeliveryBatch?> TryReplaceAsync(DeliveryBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return await _table.TryReplaceAsync(await WriteAsync(batch, cancellationToken), cancellationToken) is { } version ? batch with { Version = version } : null;
    }

    private async Task<TableRow> WriteAsync(DeliveryBatch batch, CancellationToken cancellationToken)
    {
        var row = new TableRow(batch.Partition, $"b|{batch.Name}")
        {
            ["Source"] = batch.Source,
            ["EventType"] = batch.EventType,
            ["WorkflowId"] = batch.WorkflowId,
            ["CampaignId"] = batch.CampaignId,
            ["ProspectShard"] = batch.ProspectShard,
            ["Listeners"] = batch.Listeners,
            ["ReplayId"] = batch.ReplayId,
            ["RetryId"] = batch.RetryId,
            ["States"] = batch.States,
            ["Turn"] = batch.Turn,
            ["NextAttemptAt"] = batch.NextAttemptAt,
            ["Owner"] = batch.Owner,
            ["LeaseUntil"] = batch.LeaseUntil,
            ["DueRow"] = batch.DueRow,
            ["Effects"] = batch.Effects is null ? null : JsonSerializer.Serialize(batch.Effects, JsonDefaults.Options),
            ["Faults"] = batch.Faults,
            Version = batch.Version,
        };
        await _logs.PutAsync(row, batch.Log, $"{batch.Tenant.Value}/{batch.EndpointId}/{batch.Name}", cancellationToken);
        return row;
    }

    private async Task<DeliveryBatch> ReadAsync(TenantId tenant, string endpointId, TableRow row, CancellationToken cancellationToken) => new()
    {
        Tenant = tenant,
        EndpointId = endpointId,
        Name = row.Row[2..],
        Source = row.Text("Source")!,
        EventType = row.Text("EventType")!,
        WorkflowId = row.Text("WorkflowId"),
        CampaignId = row.Text("CampaignId"),
        ProspectShard = (int)row.Number("ProspectShard"),
        Listeners = (int)row.Number("Listeners"),
        ReplayId = row.Text("ReplayId"),
        RetryId = row.Text("RetryId"),
        States = row.Text("States")!,
        Log = await _logs.GetAsync<List<DeliveryLog>>(row, cancellationToken),
        Turn = (int)row.Number("Turn"),
        NextAttemptAt = row.Time("NextAttemptAt"),
        Owner = row.Text("Owner"),
        LeaseUntil = row.Time("LeaseUntil"),
        DueRow = row.Text("DueRow")!,
        Effects = row.Text("Effects") is { } effects ? JsonSerializer.Deserialize<AttemptEffects>(effects, JsonDefaults.Options) : null,
        Faults = (int)row.Number("Faults"),
        Version = row.Version,
    };
}
