using System.Runtime.CompilerServices;
using System.Text.Json;
using ProspectOps.Operations;
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

    /// <exception cref="UnreadableBatchException">It is there, and not of a shape that is known.</exception>
    public async Task<DeliveryBatch?> FindAsync(TenantId tenant, string endpointId, string batch, CancellationToken cancellationToken)
    {
        for (string? version = null; ;)
        {
            if (await _table.FindAsync(DeliveryBatch.PartitionOf(tenant, endpointId), $"b|{batch}", cancellationToken) is not { } row)
                return null;
            try
            {
                return await ReadAsync(tenant, endpointId, row, cancellationToken);
            }
            catch (UnreadableBatchException) when (row.Version != version)
            {
                // Its log may have moved while it was read.
                version = row.Version;
            }
        }
    }

    /// <summary>An endpoint's batches, newest first, from <paramref name="from"/> on. One that cannot be read is passed over: whoever is to work on it reports it.</summary>
    public async IAsyncEnumerable<DeliveryBatch> RangeAsync(TenantId tenant, string endpointId, string from, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.RangeAsync(DeliveryBatch.PartitionOf(tenant, endpointId), $"b|{from}", "b|~", pageSize, cancellationToken))
        {
            if (await ReadableAsync(tenant, endpointId, row, cancellationToken) is { } batch)
                yield return batch;
        }
    }

    /// <summary>The batch with its new version, or null where somebody else changed it meanwhile.</summary>
    public async Task<DeliveryBatch?> TryReplaceAsync(DeliveryBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var row = await WriteAsync(batch, cancellationToken);
        if (await _table.TryReplaceAsync(row, cancellationToken) is { } version)
        {
            await _logs.DeleteAsync(batch.LogBlob, CancellationToken.None);
            return batch with { Version = version, LogBlob = PayloadStore.BlobOf(row) };
        }
        if (PayloadStore.BlobOf(row) is not null)
            await _logs.DropAsync(row, await _table.FindAsync(row.Partition, row.Row, CancellationToken.None));
        return null;
    }

    /// <summary>What tells the age of an endpoint's batches, of names from <paramref name="from"/> up to but without <paramref name="to"/>.</summary>
    public async IAsyncEnumerable<StoredBatch> StoredAsync(TenantId tenant, string endpointId, string from, string to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.RangeAsync(DeliveryBatch.PartitionOf(tenant, endpointId), $"b|{from}", $"b|{to}", 200, cancellationToken))
            yield return new StoredBatch(row.Row[2..], row.Text("States"), row.Text("DueRow") is { } dueRow && DueStore.TryTimeOf(dueRow, out var at) ? at : null, row);
    }

    /// <summary>Deletes batches of one endpoint with what they keep.</summary>
    /// <returns>Names of those that changed since they were read, and stay.</returns>
    public async Task<IReadOnlyCollection<string>> DeleteAsync(IReadOnlyList<StoredBatch> batches, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batches);
        var (rows, changed) = (new List<TableRow>(batches.Count), new List<string>());
        foreach (var row in batches.Select(batch => batch.Row))
        {
            // Somebody may have it sent again right now: its log goes only once the row says that it is gone.
            if (PayloadStore.TryDetach(row))
            {
                row.Version = await _table.TryReplaceAsync(row, cancellationToken);
                if (row.Version is null)
                {
                    changed.Add(row.Row);
                    continue;
                }
            }
            await _logs.DeleteAsync(row, cancellationToken);
            rows.Add(row);
        }
        changed.AddRange(await _table.DeleteAsync(rows.Select(TableWrite.Delete), cancellationToken));
        return [.. changed.Select(row => row[2..])];
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
        await _logs.PutApartAsync(row, batch.Log, $"{batch.Tenant.Value}/{batch.EndpointId}/{batch.Name}", cancellationToken);
        return row;
    }

    private async Task<DeliveryBatch?> ReadableAsync(TenantId tenant, string endpointId, TableRow row, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(tenant, endpointId, row, cancellationToken);
        }
        catch (UnreadableBatchException) when (PayloadStore.BlobOf(row) is null)
        {
            return null;
        }
        catch (UnreadableBatchException)
        {
            return await MovedAsync(tenant, endpointId, row, cancellationToken);
        }
    }

    private async Task<DeliveryBatch?> MovedAsync(TenantId tenant, string endpointId, TableRow row, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(tenant, endpointId, row.Row[2..], cancellationToken);
        }
        catch (UnreadableBatchException)
        {
            return null;
        }
    }

    private async Task<DeliveryBatch> ReadAsync(TenantId tenant, string endpointId, TableRow row, CancellationToken cancellationToken)
    {
        try
        {
            var batch = await ParseAsync(tenant, endpointId, row, cancellationToken);
            return batch.States.Length == batch.Log.Count
                ? batch
                : throw new UnreadableBatchException(batch.Name, $"it has {batch.States.Length} states and {batch.Log.Count} deliveries.");
        }
        // Not what a store that is away throws: that passes.
        catch (Exception e) when (e is JsonException or InvalidDataException or (InvalidOperationException and not ObjectDisposedException))
        {
            throw new UnreadableBatchException(row.Row[2..], e.Message, e);
        }
    }

    private async Task<DeliveryBatch> ParseAsync(TenantId tenant, string endpointId, TableRow row, CancellationToken cancellationToken) => new()
    {
        Tenant = tenant,
        EndpointId = endpointId,
        Name = row.Row[2..],
        Source = Required(row, "Source"),
        EventType = Required(row, "EventType"),
        WorkflowId = row.Text("WorkflowId"),
        CampaignId = row.Text("CampaignId"),
        ProspectShard = (int)row.Number("ProspectShard"),
        Listeners = (int)row.Number("Listeners"),
        ReplayId = row.Text("ReplayId"),
        RetryId = row.Text("RetryId"),
        States = Required(row, "States"),
        Log = await _logs.GetAsync<List<DeliveryLog>>(row, cancellationToken),
        Turn = (int)row.Number("Turn"),
        NextAttemptAt = row.Time("NextAttemptAt"),
        Owner = row.Text("Owner"),
        LeaseUntil = row.Time("LeaseUntil"),
        DueRow = Required(row, "DueRow"),
        Effects = row.Text("Effects") is { } effects ? JsonSerializer.Deserialize<AttemptEffects>(effects, JsonDefaults.Options) : null,
        Faults = (int)row.Number("Faults"),
        LogBlob = PayloadStore.BlobOf(row),
        Version = row.Version,
    };

    private static string Required(TableRow row, string name) => row.Text(name) ?? throw new InvalidDataException($"{name} is missing.");
}
