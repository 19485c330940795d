using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>Reads deliveries: one by its id, and lists, newest first, of one endpoint or of all.</summary>
public sealed class DeliveryReader(DeliveryStore deliveries, DeadLetterRecorder deadLetters, EndpointStore endpoints, EventStore events)
{
    // A filter that hardly any delivery passes must not read a table in one request: the page then ends early.
    private const int MostBatches = 2_000;
    private const int ReadAtOnce = 16;

    /// <exception cref="DomainException"><c>delivery_not_found</c>.</exception>
    public async Task<DeliveryView> GetAsync(TenantId tenant, string deliveryId, CancellationToken cancellationToken)
    {
        var (batch, index) = await FindAsync(tenant, deliveryId, cancellationToken);
        var source = await events.FindAsync(tenant, batch.Source, cancellationToken);
        return DeliveryView.Of(batch, index) with { Response = batch.Log[index].Answer, Body = source?.Events[index].Body };
    }

    /// <exception cref="DomainException"><c>delivery_not_found</c>.</exception>
    public async Task<(DeliveryBatch Batch, int Index)> FindAsync(TenantId tenant, string deliveryId, CancellationToken cancellationToken) =>
        DeliveryBatch.TryParseId(deliveryId, out var endpointId, out var name, out var index)
        && await deadLetters.FindAsync(tenant, endpointId, name, cancellationToken) is { } batch
        && index < batch.States.Length
            ? (batch, index)
            : throw new DomainException(WebhookErrors.DeliveryNotFound);

    /// <param name="endpointId">Null for every endpoint that there is.</param>
    /// <param name="status">As <see cref="DeliveryState.NameOf"/>; null for all.</param>
    /// <param name="after">Where the page before ended: the id of its last delivery, or empty.</param>
    /// <returns>Up to that many, and where the next page begins; null at the end.</returns>
    public async Task<(IReadOnlyList<DeliveryView> Items, string? Next)> ListAsync(TenantId tenant, string? endpointId, string? status, string after, int limit, CancellationToken cancellationToken)
    {
        // A cursor is one of ours; at the beginning there is none, and all three stay empty.
        var (afterEndpoint, afterName, afterIndex) = DeliveryBatch.TryParseId(after, out var endpoint, out var name, out var index) ? (endpoint, name, index) : ("", "", 0);
        IReadOnlyList<string> from = endpointId is not null ? [endpointId] : [.. (await endpoints.AllAsync(tenant, cancellationToken)).Select(known => known.EndpointId)];
        var items = new List<DeliveryView>(limit);
        string? last = null;
        var batches = 0;
        await foreach (var batch in MergedAsync(tenant, from, afterName, limit, cancellationToken))
        {
            var order = (string.CompareOrdinal(batch.Name, afterName), string.CompareOrdinal(batch.EndpointId, afterEndpoint));
            if (order.Item1 == 0 && order.Item2 < 0)
                continue;
            if (++batches > MostBatches)
                return (items, last);
            for (var place = order is (0, 0) ? afterIndex + 1 : 0; place < batch.States.Length; place++)
            {
                last = batch.DeliveryId(place);
                if (status is not null && DeliveryState.NameOf(batch.States[place]) != status)
                    continue;
                if (items.Count == limit)
                    return (items, items[^1].DeliveryId);
                items.Add(DeliveryView.Of(batch, place));
            }
        }
        return (items, null);
    }

    /// <summary>Batches of several endpoints in one order: by name, which is newest first, then by endpoint.</summary>
    private async IAsyncEnumerable<DeliveryBatch> MergedAsync(
        TenantId tenant, IReadOnlyList<string> endpointIds, string from, int limit, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var readers = endpointIds.Select(id => deliveries.RangeAsync(tenant, id, from, Math.Min(limit, 50), cancellationToken).GetAsyncEnumerator(cancellationToken)).ToArray();
        try
        {
            var heads = new PriorityQueue<IAsyncEnumerator<DeliveryBatch>, (string, string)>(Comparer<(string Name, string Endpoint)>.Create((one, other) =>
                string.CompareOrdinal(one.Name, other.Name) is var byName and not 0 ? byName : string.CompareOrdinal(one.Endpoint, other.Endpoint)));
            foreach (var some in readers.Chunk(ReadAtOnce))
            {
                var any = await Task.WhenAll(some.Select(async reader => (Reader: reader, HasOne: await reader.MoveNextAsync())));
                foreach (var (reader, _) in any.Where(one => one.HasOne))
                    heads.Enqueue(reader, (reader.Current.Name, reader.Current.EndpointId));
            }
            while (heads.TryDequeue(out var next, out _))
            {
                yield return next.Current;
                if (await next.MoveNextAsync())
                    heads.Enqueue(next, (next.Current.Name, next.Current.EndpointId));
            }
        }
        finally
        {
            foreach (var reader in readers)
                await reader.DisposeAsync();
        }
    }
}
