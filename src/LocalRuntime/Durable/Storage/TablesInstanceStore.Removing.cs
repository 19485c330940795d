using Azure;
using Azure.Data.Tables;

namespace ProspectOps.LocalRuntime.Durable.Storage;

internal sealed partial class TablesInstanceStore
{
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
