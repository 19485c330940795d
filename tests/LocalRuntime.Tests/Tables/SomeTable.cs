using Azure.Data.Tables;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Tables;

/// <summary>Fresh tables for tests.</summary>
internal static class SomeTable
{
    public static async Task<TableClient> CreateAsync(AzuriteFixture azurite)
    {
        var table = new TableServiceClient(azurite.ConnectionString).GetTableClient("t" + Guid.NewGuid().ToString("N"));
        await table.CreateAsync();
        return table;
    }

    public static async Task<List<T>> AllAsync<T>(this IAsyncEnumerable<T> rows)
    {
        var all = new List<T>();
        await foreach (var row in rows)
            all.Add(row);
        return all;
    }
}
