using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Azure.Storage.Blobs;

namespace ProspectOps.Platform.Storage;

/// <summary><see cref="ITenantErasure"/> on an Azure Storage account.</summary>
internal sealed class AzureTenantErasure(TableServiceClient tables, BlobServiceClient blobs) : ITenantErasure
{
    private const int MostRows = 5_000;
    private const int MostBlobs = 500;
    private const int MostTogether = 100;

    private static readonly string[] KeysOnly = ["PartitionKey", "RowKey"];

    public async Task<IReadOnlyList<string>> TablesAsync(CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var table in tables.QueryAsync(cancellationToken: cancellationToken))
            names.Add(table.Name);
        return names;
    }

    public async Task<IReadOnlyList<string>> ContainersAsync(CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var container in blobs.GetBlobContainersAsync(cancellationToken: cancellationToken))
            names.Add(container.Name);
        return names;
    }

    public async Task<long> CountRowsAsync(string table, string tenant, CancellationToken cancellationToken)
    {
        long rows = 0;
        await foreach (var _ in RowsAsync(table, tenant, cancellationToken))
            rows++;
        return rows;
    }

    public async Task<long> CountBlobsAsync(string container, string tenant, CancellationToken cancellationToken)
    {
        long count = 0;
        await foreach (var _ in blobs.GetBlobContainerClient(container).GetBlobsAsync(prefix: $"{tenant}/", cancellationToken: cancellationToken))
            count++;
        return count;
    }

    public async Task<bool> EraseRowsAsync(string table, string tenant, CancellationToken cancellationToken)
    {
        var client = tables.GetTableClient(table);
        var rows = new List<(string Partition, string Row)>(MostRows);
        await foreach (var row in RowsAsync(table, tenant, cancellationToken))
        {
            rows.Add((row.PartitionKey, row.RowKey));
            if (rows.Count == MostRows)
                break;
        }
        foreach (var partition in rows.GroupBy(row => row.Partition))
        {
            foreach (var together in partition.Chunk(MostTogether))
                await EraseAsync(client, together, cancellationToken);
        }
        return rows.Count == MostRows;
    }

    public async Task<bool> EraseBlobsAsync(string container, string tenant, CancellationToken cancellationToken)
    {
        var client = blobs.GetBlobContainerClient(container);
        var names = new List<string>(MostBlobs);
        await foreach (var blob in client.GetBlobsAsync(prefix: $"{tenant}/", cancellationToken: cancellationToken))
        {
            names.Add(blob.Name);
            if (names.Count == MostBlobs)
                break;
        }
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
            async (name, token) => await client.DeleteBlobIfExistsAsync(name, cancellationToken: token));
        return names.Count == MostBlobs;
    }

    private static async Task EraseAsync(TableClient client, IReadOnlyList<(string Partition, string Row)> together, CancellationToken cancellationToken)
    {
        try
        {
            await client.SubmitTransactionAsync(together.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(row.Partition, row.Row), ETag.All)), cancellationToken);
        }
        catch (TableTransactionFailedException e) when (e.Status == 404)
        {
            // Somebody else erased one of them, or an answer was lost and asked again: one by one, what is gone is no trouble.
            foreach (var (partition, row) in together)
                await client.DeleteEntityAsync(partition, row, ETag.All, cancellationToken);
        }
    }

    private AsyncPageable<TableEntity> RowsAsync(string table, string tenant, CancellationToken cancellationToken)
    {
        // '}' comes right after '|'.
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {tenant} or (PartitionKey ge {tenant + "|"} and PartitionKey lt {tenant + "}"})");
        return tables.GetTableClient(table).QueryAsync<TableEntity>(filter, select: KeysOnly, cancellationToken: cancellationToken);
    }
}
