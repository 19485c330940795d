using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace ProspectOps.EndToEnd.Tests.Running;

/// <summary>What lies in the store of one tenant, whatever the app says of it.</summary>
/// <param name="Tables">Rows of each table whose partition is the tenant's.</param>
/// <param name="Containers">Blobs of each container.</param>
/// <param name="Elsewhere">Tables where another partition or a row is named after it.</param>
public sealed record TenantsTraces(SortedDictionary<string, long> Tables, SortedDictionary<string, long> Containers, SortedSet<string> Elsewhere)
{
    public static async Task<TenantsTraces> OfAsync(string connectionString, string tenantId)
    {
        var (tables, containers, elsewhere) = (new SortedDictionary<string, long>(StringComparer.Ordinal), new SortedDictionary<string, long>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        var service = new TableServiceClient(connectionString);
        await foreach (var table in service.QueryAsync())
        {
            await foreach (var row in service.GetTableClient(table.Name).QueryAsync<TableEntity>(select: ["PartitionKey", "RowKey"]))
            {
                if (row.PartitionKey == tenantId || row.PartitionKey.StartsWith($"{tenantId}|", StringComparison.Ordinal))
                    tables[table.Name] = tables.GetValueOrDefault(table.Name) + 1;
                else if (row.PartitionKey.Contains(tenantId, StringComparison.Ordinal) || row.RowKey.Contains(tenantId, StringComparison.Ordinal))
                    elsewhere.Add(table.Name);
            }
        }
        var blobs = new BlobServiceClient(connectionString);
        await foreach (var container in blobs.GetBlobContainersAsync())
        {
            await foreach (var _ in blobs.GetBlobContainerClient(container.Name).GetBlobsAsync(prefix: $"{tenantId}/"))
                containers[container.Name] = containers.GetValueOrDefault(container.Name) + 1;
        }
        return new TenantsTraces(tables, containers, elsewhere);
    }
}
