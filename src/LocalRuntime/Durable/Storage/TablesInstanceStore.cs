using Azure;
using Azure.Data.Tables;
using ProspectOps.LocalRuntime.Durable.History;

namespace ProspectOps.LocalRuntime.Durable.Storage;

/// <summary>Instances in Tables, one partition each; large payloads in Blobs. Keys: see <see cref="InstanceRows"/>.</summary>
/// <remarks>A step is one transaction, often of one row. One that is too large writes history rows first and the header last:
/// rows beyond what the header counts do not exist for a reader and are overwritten by the next writer.</remarks>
internal sealed partial class TablesInstanceStore(TableClient table, LargePayloads payloads) : IInstanceStore
{
    private const int RowsPerTransaction = 100;

    // A transaction holds 4 MiB on the wire, where a character takes up to 6 bytes.
    private const int CharsPerTransaction = 500_000;

    // Messages outlive executions, and so must their blobs: they go when the instance goes.
    private const int NoExecution = 99_999_999;

    private readonly UnfinishedIndex _unfinished = new(table);
    private readonly EndedIndex _ended = new(table);

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await table.CreateIfNotExistsAsync(cancellationToken);
        await payloads.PrepareAsync(cancellationToken);
    }

    public void MarkFinished(FinishedInstance finished) => _ended.Add(finished);

    public IAsyncEnumerable<FinishedInstance> ListEndedAsync(DateTimeOffset? createdFrom, DateTimeOffset? createdTo, CancellationToken cancellationToken) =>
        _ended.ListAsync(createdFrom, createdTo, cancellationToken);

    public Task RemoveEndedAsync(IReadOnlyList<FinishedInstance> entries, CancellationToken cancellationToken) => _ended.RemoveAsync(entries, cancellationToken);

    public async Task<StoredPosition?> TryAddAsync(InstanceHeader header, CancellationToken cancellationToken)
    {
        var partition = InstanceRows.Partition(header.InstanceId);
        await _unfinished.AddAsync(header, cancellationToken);
        var commitId = Guid.NewGuid();
        var (row, position) = await HeaderRowAsync(partition, header, NewPosition(header), commitId, cancellationToken);
        try
        {
            var response = await table.AddEntityAsync(row, cancellationToken);
            return position with { ETag = response.Headers.ETag ?? default };
        }
        catch (RequestFailedException exception) when (exception.Status == 409)
        {
            // A retry of the transport meets its own first try as a conflict.
            return await FindCommittedAsync(partition, commitId, position, cancellationToken);
        }
    }

    public async Task<StoredPosition> ReplaceAsync(StoredInstance ended, InstanceHeader header, CancellationToken cancellationToken)
    {
        var partition = InstanceRows.Partition(header.InstanceId);
        await RemoveRowsAsync(partition, ended, cancellationToken);
        var commitId = Guid.NewGuid();
        var (row, position) = await HeaderRowAsync(
            partition, header, NewPosition(header) with { HasBlobs = ended.Position.HasBlobs }, commitId, cancellationToken);
        position = await SubmitAsync(
            partition, header.InstanceId, [new(TableTransactionActionType.UpdateReplace, row, ended.Position.ETag)], position, commitId, cancellationToken);
        try
        {
            // Last: until then the ended one refers to them.
            if (ended.Position.HasBlobs)
                await payloads.RemoveAsync(partition, header.Ordinal, cancellationToken);
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException)
        {
            // The new one is there. They go when it continues as new, is replaced, or is purged.
        }
        return position;
    }

    public async Task<StoredPosition> CommitAsync(StoredPosition position, InstanceCommit commit, CancellationToken cancellationToken)
    {
        var header = commit.Header;
        var partition = InstanceRows.Partition(header.InstanceId);
        var isNewExecution = header.Ordinal != position.Ordinal;
        var next = isNewExecution ? NewPosition(header) with { HasBlobs = position.HasBlobs } : position;
        var appended = await SpillAsync(partition, header.Ordinal, commit.Appended, cancellationToken);
        var (sealedRows, tail) = HistorySegments.Append(next.Tail, appended);

        var writes = new List<TableTransactionAction>();
        foreach (var text in sealedRows)
        {
            var row = InstanceRows.HistoryRow(partition, header.Ordinal, next.SealedRows, text);
            writes.Add(new(TableTransactionActionType.UpsertReplace, row));
            next = next with { SealedRows = next.SealedRows + 1 };
        }
        var hasBlobs = next.HasBlobs || appended.Exists(item => item.PayloadBlob is not null);
        foreach (var message in commit.Carried)
        {
            var blob = await payloads.WriteAsync(partition, NoExecution, message.Payload, cancellationToken);
            hasBlobs |= blob is not null;
            writes.Add(new(TableTransactionActionType.UpsertReplace, InstanceRows.MessageRow(partition, message, blob)));
        }
        foreach (var message in commit.Sent)
        {
            var blob = await payloads.WriteAsync(partition, NoExecution, message.Payload, cancellationToken);
            hasBlobs |= blob is not null;
            writes.Add(new(TableTransactionActionType.UpsertReplace, InstanceRows.SentRow(partition, message, blob)));
        }
        (var headerRow, next) = await HeaderRowAsync(
            partition, header, next with { Tail = tail, HasBlobs = hasBlobs }, commit.CommitId, cancellationToken);

        var last = new List<TableTransactionAction> { new(TableTransactionActionType.UpdateReplace, headerRow, position.ETag) };
        last.AddRange(commit.Consumed.Select(key => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, key), ETag.All)));
        writes = await SubmitAllButLastAsync(writes, last.Count, cancellationToken);
        last.AddRange(writes);
        next = await SubmitAsync(partition, header.InstanceId, last, next, commit.CommitId, cancellationToken);

        if (isNewExecution)
            await RemoveOldExecutionsAsync(partition, position, next, cancellationToken);
        return next;
    }

    public async Task<StoredPosition> FenceAsync(StoredInstance stored, CancellationToken cancellationToken)
    {
        var partition = InstanceRows.Partition(stored.Header.InstanceId);
        var fence = Guid.NewGuid();
        return await SubmitAsync(
            partition, stored.Header.InstanceId,
            [new(TableTransactionActionType.UpdateMerge, new TableEntity(partition, InstanceRows.Header) { ["Commit"] = fence }, stored.Position.ETag)],
            stored.Position, fence, cancellationToken);
    }

    public async Task AddMessageAsync(string instanceId, InboxMessage message, CancellationToken cancellationToken)
    {
        var partition = InstanceRows.Partition(instanceId);
        var blob = await payloads.WriteAsync(partition, NoExecution, message.Payload, cancellationToken);
        await table.UpsertEntityAsync(InstanceRows.MessageRow(partition, message, blob), TableUpdateMode.Replace, cancellationToken);
    }

    public async Task RemoveSentAsync(string instanceId, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var partition = InstanceRows.Partition(instanceId);
        foreach (var key in keys)
            await table.DeleteEntityAsync(partition, key, ETag.All, cancellationToken);
    }

    public async Task<bool> DeleteAsync(string instanceId, Func<InstanceHeader, bool> isWanted, CancellationToken cancellationToken)
    {
        var partition = InstanceRows.Partition(instanceId);
        TableEntity? header = null;
        var keys = new List<string>();
        var hasBlobs = false;
        var rows = table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), null, [.. InstanceRows.SummaryColumns, "HasBlobs", "PayloadBlob"], cancellationToken);
        await foreach (var row in rows)
        {
            hasBlobs |= row.GetString("PayloadBlob") is not null || row.GetBoolean("HasBlobs") == true;
            if (row.RowKey == InstanceRows.Header)
                header = row;
            else
                keys.Add(row.RowKey);
        }
        if (header is null || !isWanted(InstanceRows.ReadHeader(header)))
            return false;

        // What is left of a purge that was cut short must still look ended, and must not give a new instance of that id old messages.
        if (hasBlobs)
            await payloads.RemoveAsync(partition, before: null, cancellationToken);
        await RemoveAsync(partition, keys, cancellationToken);
        try
        {
            await table.DeleteEntityAsync(partition, InstanceRows.Header, header.ETag, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status == 412)
        {
            // The id is in use again.
            return false;
        }
    }

    private static StoredPosition NewPosition(InstanceHeader header) => new() { ETag = default, Ordinal = header.Ordinal };

    private async Task<(TableEntity Row, StoredPosition Position)> HeaderRowAsync(
        string partition, InstanceHeader header, StoredPosition position, Guid commitId, CancellationToken cancellationToken)
    {
        var input = position.InputBlob is { } known && ReferenceEquals(known.Text, header.Input)
            ? known.Blob
            : await payloads.WriteAsync(partition, header.Ordinal, header.Input, cancellationToken);
        var output = await payloads.WriteAsync(partition, header.Ordinal, header.Output, cancellationToken);
        position = position with
        {
            InputBlob = input is null ? null : (header.Input!, input),
            HasBlobs = position.HasBlobs || input is not null || output is not null,
        };
        return (InstanceRows.HeaderRow(partition, header, position, commitId, input, output), position);
    }

    private async Task<List<HistoryEvent>> SpillAsync(
        string partition, int ordinal, IReadOnlyList<HistoryEvent> events, CancellationToken cancellationToken)
    {
        var spilled = new List<HistoryEvent>(events.Count);
        foreach (var item in events)
        {
            var blob = await payloads.WriteAsync(partition, ordinal, item.Payload, cancellationToken);
            spilled.Add(blob is null ? item : item with { Payload = null, PayloadBlob = blob });
        }
        return spilled;
    }

    /// <returns>What fits into the last transaction together with the rows that it holds already.</returns>
    private async Task<List<TableTransactionAction>> SubmitAllButLastAsync(
        List<TableTransactionAction> writes, int inLast, CancellationToken cancellationToken)
    {
        var group = new List<TableTransactionAction>();
        var chars = 0;
        foreach (var write in writes)
        {
            var size = ((IDictionary<string, object?>)write.Entity).Values.Sum(value => (value as string)?.Length ?? 0);
            if (group.Count > 0 && (group.Count + inLast >= RowsPerTransaction || chars + size > CharsPerTransaction))
            {
                await table.SubmitTransactionAsync(group, cancellationToken);
                group = [];
                chars = 0;
            }
            group.Add(write);
            chars += size;
        }
        return group;
    }

    private async Task<StoredPosition> SubmitAsync(
        string partition, string instanceId, List<TableTransactionAction> actions, StoredPosition position, Guid commitId, CancellationToken cancellationToken)
    {
        try
        {
            if (actions is [var only])
            {
                var mode = only.ActionType == TableTransactionActionType.UpdateMerge ? TableUpdateMode.Merge : TableUpdateMode.Replace;
                var response = await table.UpdateEntityAsync((TableEntity)only.Entity, only.ETag, mode, cancellationToken);
                return position with { ETag = response.Headers.ETag ?? default };
            }
            var responses = await table.SubmitTransactionAsync(actions, cancellationToken);
            return position with { ETag = responses.Value[0].Headers.ETag ?? default };
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412)
        {
            return await FindCommittedAsync(partition, commitId, position, cancellationToken) ?? throw new OwnershipLostException(instanceId);
        }
    }

    /// <returns>The position if the header row is the one that this commit wrote; its answer got lost then.</returns>
    private async Task<StoredPosition?> FindCommittedAsync(
        string partition, Guid commitId, StoredPosition position, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(partition, InstanceRows.Header, ["Commit"], cancellationToken);
        return row.HasValue && row.Value!.GetGuid("Commit") == commitId ? position with { ETag = row.Value.ETag } : null;
    }

    private async Task RemoveOldExecutionsAsync(string partition, StoredPosition old, StoredPosition present, CancellationToken cancellationToken)
    {
        if (old.SealedRows > 0)
        {
            var keys = Enumerable.Range(0, old.SealedRows).Select(sequence => InstanceRows.HistoryKey(old.Ordinal, sequence));
            await RemoveAsync(partition, [.. keys], cancellationToken);
        }
        if (old.HasBlobs)
            await payloads.RemoveAsync(partition, present.Ordinal, cancellationToken);
    }

    /// <summary>Removes everything of an ended instance but its header.</summary>
    private async Task RemoveRowsAsync(string partition, StoredInstance ended, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        var rows = table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ne {InstanceRows.Header}"), null, ["RowKey"], cancellationToken);
        await foreach (var row in rows)
            keys.Add(row.RowKey);
        if (keys.Count == 0)
            return;
        // Looked at after the rows: they are of the ended one only where it still stands.
        var header = await table.GetEntityIfExistsAsync<TableEntity>(partition, InstanceRows.Header, ["RowKey"], cancellationToken);
        if (!header.HasValue || header.Value!.ETag != ended.Position.ETag)
            throw new OwnershipLostException(ended.Header.InstanceId);
        await RemoveAsync(partition, keys, cancellationToken);
    }

    private async Task RemoveAsync(string partition, List<string> keys, CancellationToken cancellationToken)
    {
        foreach (var chunk in keys.Chunk(RowsPerTransaction))
        {
            try
            {
                if (chunk.Length > 1)
                {
                    await table.SubmitTransactionAsync(
                        chunk.Select(key => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, key), ETag.All)),
                        cancellationToken);
                    continue;
                }
            }
            catch (RequestFailedException exception) when (exception.Status == 404)
            {
                // An earlier try has removed some already, and one that is missing refuses them all: one by one then.
            }
            foreach (var key in chunk)
                await table.DeleteEntityAsync(partition, key, ETag.All, cancellationToken);
        }
    }
}
