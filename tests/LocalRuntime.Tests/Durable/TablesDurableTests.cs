using Azure.Data.Tables;
using Azure.Storage.Blobs;
using ProspectOps.LocalRuntime.Durable.Storage;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Durable;

public sealed class TablesDurableTests(AzuriteFixture azurite) : DurableScenarios, IClassFixture<AzuriteFixture>
{
    private protected override Task<IInstanceStore> NewStoreAsync() => Task.FromResult(NewStore(azurite.ConnectionString, options: null));

    /// <summary>A hub of its own on a real Azurite.</summary>
    internal static IInstanceStore NewStore(string connectionString, TableClientOptions? options, string? hub = null)
    {
        hub ??= $"T{Guid.NewGuid():N}";
        return new TablesInstanceStore(
            new TableClient(connectionString, $"{hub}Instances", options),
            new LargePayloads(new BlobContainerClient(connectionString, $"{hub.ToLowerInvariant()}-largemessages")));
    }
}
