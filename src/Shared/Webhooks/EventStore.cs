using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>
/// Table <c>WebhookEvents</c>: tenant · <c>e|</c>inverse time…, a batch of up to 50 events with their bodies, large ones in container <c>webhook-payloads</c>;
/// <c>i|</c>eventId says that an event of the tenant was published, as which batch and for whom.
/// </summary>
public sealed class EventStore(IStorage storage) : IDisposable
{
    private const int BatchesKept = 64;
    private const int IdsKept = 10_000;
    private const int DigestCharacters = 26;

    private readonly ITable _table = storage.Table("WebhookEvents");
    private readonly PayloadStore _payloads = new(storage.Blobs("webhook-payloads"));

    // Every endpoint posts the same events, and mostly at the same time.
    private readonly MemoryCache _recent = new(new MemoryCacheOptions { SizeLimit = BatchesKept });
    private readonly MemoryCache _published = new(new MemoryCacheOptions { SizeLimit = IdsKept });

    /// <summary>Adds a batch with who is to hear of it, once.</summary>
    /// <returns>What was added first under its name: repeated, the same step may come to other events and other listeners.</returns>
    public async Task<(EventBatch Batch, IReadOnlyList<string> Listeners)> AddAsync(EventBatch batch, IReadOnlyList<string> listeners, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var row = await WriteAsync(batch, cancellationToken);
        row["Listeners"] = PackedJson.Pack(listeners);
        if (await _table.TryInsertAsync(row, cancellationToken))
        {
            Remember(batch);
            return (batch, listeners);
        }
        var kept = await _table.FindAsync(row.Partition, row.Row, cancellationToken) ?? throw new InvalidOperationException("Events just added are gone.");
        return (await ReadAsync(batch.Tenant, kept, cancellationToken), PackedJson.Unpack<List<string>>(kept.Bytes("Listeners")!));
    }

    /// <summary>Adds the batch of an event that is published, with who is to hear of it. False where it was published before.</summary>
    public async Task<bool> TryPublishAsync(EventBatch batch, IReadOnlyList<string> listeners, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var marker = new TableRow(batch.Tenant.Value, MarkerOf(batch.Events[0].EventId)) { ["Name"] = batch.Name, ["Listeners"] = PackedJson.Pack(listeners) };
        var row = await WriteAsync(batch, cancellationToken);
        (row["Listeners"], row["Marker"]) = (PackedJson.Pack(listeners), marker.Row);
        var result = await _table.TransactAsync([TableWrite.Insert(marker), TableWrite.Insert(row)], cancellationToken);
        if (result.Committed)
            Remember(batch);
        _published.Set((batch.Tenant, batch.Events[0].EventId), true, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(10) });
        return result.Committed;
    }

    /// <summary>Whether this process knows that the event was published; false says nothing.</summary>
    public bool WasPublishedHere(TenantId tenant, string eventId) => _published.TryGetValue((tenant, eventId), out _);

    /// <summary>What was published under an event's id: its batch, and who was to hear of it.</summary>
    public async Task<(EventBatch Batch, IReadOnlyList<string> Listeners)?> PublishedAsync(TenantId tenant, string eventId, CancellationToken cancellationToken)
    {
        if (await _table.FindAsync(tenant.Value, MarkerOf(eventId), cancellationToken) is not { } marker)
            return null;
        var batch = await FindAsync(tenant, marker.Text("Name")!, cancellationToken) ?? throw new InvalidDataException("A published event is gone.");
        return (batch, PackedJson.Unpack<List<string>>(marker.Bytes("Listeners")!));
    }

    public async ValueTask<EventBatch?> FindAsync(TenantId tenant, string name, CancellationToken cancellationToken)
    {
        if (_recent.TryGetValue((tenant, name), out EventBatch? recent))
            return recent;
        if (await _table.FindAsync(tenant.Value, $"e|{name}", cancellationToken) is not { } row)
            return null;
        var batch = await ReadAsync(tenant, row, cancellationToken);
        Remember(batch);
        return batch;
    }

    /// <summary>All batches of a tenant since a time that hold any events, newest first, without them.</summary>
    public async IAsyncEnumerable<EventHeader> HeadersSinceAsync(TenantId tenant, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.RangeAsync(tenant.Value, "e|", $"e|{EventBatch.LastNameSince(since)}", 200, cancellationToken))
        {
            if (row.Number("Count") is > 0 and var count)
                yield return new EventHeader(row.Row[2..], row.Text("EventType")!, row.Text("CampaignId"), (int)count);
        }
    }

    /// <summary>Batches of a tenant that are as old as a time, or older, newest first.</summary>
    public async IAsyncEnumerable<StoredEvents> OlderAsync(TenantId tenant, DateTimeOffset until, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.RangeAsync(tenant.Value, $"e|{EventBatch.FirstNameUntil(until)}", "e|~", pageSize, cancellationToken))
            yield return new StoredEvents(row.Row[2..], (int)row.Number("Count"), row.Bytes("Listeners") is { } packed ? PackedJson.Unpack<List<string>>(packed) : [], row.Text("Marker"), row);
    }

    public async Task<bool> HasAnyAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await foreach (var _ in _table.RangeAsync(tenant.Value, "e|", "e|~", 1, cancellationToken))
            return true;
        return false;
    }

    /// <summary>Deletes batches of events, 50 at most, with their bodies and markers.</summary>
    public async Task DeleteAsync(TenantId tenant, IReadOnlyList<StoredEvents> old, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(old);
        foreach (var stored in old)
            await _payloads.DeleteAsync(stored.Row, cancellationToken);
        var markers = old.Select(stored => stored.Marker).OfType<string>().Distinct(StringComparer.Ordinal).Select(marker => TableWrite.Delete(tenant.Value, marker));
        await _table.DeleteAsync(old.Select(stored => TableWrite.Delete(stored.Row)).Concat(markers), cancellationToken);
    }

    public void Dispose()
    {
        _recent.Dispose();
        _published.Dispose();
    }

    private static string MarkerOf(string eventId) => $"i|{eventId}";

    private void Remember(EventBatch batch) =>
        _recent.Set((batch.Tenant, batch.Name), batch, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromSeconds(30) });

    private async Task<TableRow> WriteAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var row = new TableRow(batch.Tenant.Value, $"e|{batch.Name}")
        {
            ["EventType"] = batch.EventType,
            ["WorkflowId"] = batch.WorkflowId,
            ["CampaignId"] = batch.CampaignId,
            ["Count"] = batch.Events.Count,
            ["LeftOut"] = batch.LeftOut,
        };
        await _payloads.PutAsync(row, batch.Events, $"{batch.Tenant.Value}/{batch.Name}-{Digest(batch.Events)}", cancellationToken);
        return row;
    }

    /// <summary>Other events have a blob of their own: a repeat that comes to others must not write over those that are kept.</summary>
    private static string Digest(IReadOnlyList<PlannedEvent> events)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var planned in events)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(planned.EventId));
            hash.AppendData(Encoding.UTF8.GetBytes(planned.Body));
        }
        return Base32.Encode(hash.GetHashAndReset(), DigestCharacters);
    }

    private async Task<EventBatch> ReadAsync(TenantId tenant, TableRow row, CancellationToken cancellationToken) => new(
        tenant, row.Row[2..], row.Text("EventType")!, row.Text("WorkflowId"), row.Text("CampaignId"), await _payloads.GetAsync<List<PlannedEvent>>(row, cancellationToken))
    {
        LeftOut = (int)row.Number("LeftOut"),
    };
}
