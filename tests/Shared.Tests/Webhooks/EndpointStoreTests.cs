using System.Runtime.CompilerServices;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Webhooks;

public sealed class EndpointStoreTests
{
    private static readonly TenantId Acme = TenantId.Parse("acme");

    private readonly OvertakenStorage _storage = new(new InMemoryStorage());
    private readonly EndpointStore _endpoints;

    public EndpointStoreTests() => _endpoints = new EndpointStore(_storage, SomeSecrets.Cipher(), new FakeClock());

    [Fact]
    public async Task Read_that_a_change_overtakes_does_not_bring_back_what_was()
    {
        await _endpoints.AddAsync(Acme, new WebhookEndpoint { EndpointId = "whe_1", Url = new Uri("https://broken.example"), Secret = "whsec_a", CreatedAt = DateTimeOffset.UnixEpoch }, default);

        _storage.Meanwhile = () => MoveAsync("https://mended.example");
        await _endpoints.FindAsync(Acme, "whe_1", default);
        Assert.Equal("mended.example", (await _endpoints.FindAsync(Acme, "whe_1", default))!.Url.Host);

        _storage.Meanwhile = () => MoveAsync("https://again.example");
        await _endpoints.AllAsync(Acme, default);
        Assert.Equal("again.example", Assert.Single(await _endpoints.AllAsync(Acme, default)).Url.Host);
    }

    private async Task MoveAsync(string url) => await _endpoints.UpdateAsync(Acme, "whe_1", known => known with { Url = new Uri(url) }, default);

    /// <summary>Does something once, between a read of a table and its answer.</summary>
    private sealed class OvertakenStorage(IStorage inner) : IStorage
    {
        public Func<Task>? Meanwhile { get; set; }

        public ITable Table(string name) => new OvertakenTable(this, inner.Table(name));

        public IBlobs Blobs(string container) => inner.Blobs(container);

        public IQueue<T> Queue<T>(string name) => inner.Queue<T>(name);

        public Task PingAsync(StorageKind kind, CancellationToken cancellationToken) => inner.PingAsync(kind, cancellationToken);

        private async Task PassAsync()
        {
            if (Meanwhile is not { } meanwhile)
                return;
            Meanwhile = null;
            await meanwhile();
        }

        private sealed class OvertakenTable(OvertakenStorage owner, ITable table) : ITable
        {
            public async Task<TableRow?> FindAsync(string partition, string row, CancellationToken cancellationToken)
            {
                var found = await table.FindAsync(partition, row, cancellationToken);
                await owner.PassAsync();
                return found;
            }

            public async IAsyncEnumerable<TableRow> RangeAsync(string partition, string from, string to, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
            {
                await foreach (var row in table.RangeAsync(partition, from, to, pageSize, cancellationToken))
                    yield return row;
                await owner.PassAsync();
            }

            public Task<bool> TryInsertAsync(TableRow row, CancellationToken cancellationToken) => table.TryInsertAsync(row, cancellationToken);

            public Task<string?> TryReplaceAsync(TableRow row, CancellationToken cancellationToken) => table.TryReplaceAsync(row, cancellationToken);

            public Task UpsertAsync(TableRow row, CancellationToken cancellationToken) => table.UpsertAsync(row, cancellationToken);

            public Task DeleteAsync(string partition, string row, CancellationToken cancellationToken) => table.DeleteAsync(partition, row, cancellationToken);

            public Task<TransactionResult> TransactAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken) => table.TransactAsync(writes, cancellationToken);
        }
    }
}
