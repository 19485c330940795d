using System.Globalization;
using Microsoft.Extensions.Caching.Memory;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Pipeline;

/// <summary>Container <c>pipelines</c>: tenant/workflow/shard-NNNN holds up to 500 people, rejected and duplicates what was left out, prospects what the request itself brought.</summary>
public sealed class ShardStore(IStorage storage) : IDisposable
{
    // A shard's chunks follow each other: a handful of shards in memory spares a read for each chunk.
    private const int ShardsKept = 32;

    private readonly IBlobs _blobs = storage.Blobs("pipelines");
    private readonly MemoryCache _shards = new(new MemoryCacheOptions { SizeLimit = ShardsKept });

    public Task WriteAsync(TenantId tenant, string workflowId, int shard, IReadOnlyList<ShardProspect> sorted, CancellationToken cancellationToken) =>
        _blobs.WriteAsync(Name(tenant, workflowId, Shard(shard)), PackedJson.Pack(sorted), cancellationToken);

    public async ValueTask<IReadOnlyList<ShardProspect>> ChunkAsync(TenantId tenant, string workflowId, int shard, int chunk, CancellationToken cancellationToken)
    {
        var people = await ShardAsync(tenant, workflowId, shard, cancellationToken);
        var (start, count) = ShardLayout.Chunks(people)[chunk];
        return [.. people.Skip(start).Take(count)];
    }

    public Task<Stream> OpenWriteAsync(TenantId tenant, string workflowId, string name, CancellationToken cancellationToken) =>
        _blobs.OpenWriteAsync(Name(tenant, workflowId, name), cancellationToken);

    public Task<Stream?> OpenReadAsync(TenantId tenant, string workflowId, string name, CancellationToken cancellationToken) =>
        _blobs.OpenReadAsync(Name(tenant, workflowId, name), cancellationToken);

    public void Dispose() => _shards.Dispose();

    private async ValueTask<List<ShardProspect>> ShardAsync(TenantId tenant, string workflowId, int shard, CancellationToken cancellationToken)
    {
        var name = Name(tenant, workflowId, Shard(shard));
        // The lazy task is shared: fifty chunks that start together read the blob once.
        var reading = _shards.GetOrCreate(name, entry =>
        {
            entry.Size = 1;
            entry.SlidingExpiration = TimeSpan.FromMinutes(1);
            return new Lazy<Task<List<ShardProspect>>>(() => ReadAsync(name));
        })!;
        try
        {
            return await reading.Value.WaitAsync(cancellationToken);
        }
        catch when (reading.Value.IsFaulted)
        {
            _shards.Remove(name);
            throw;
        }
    }

    private async Task<List<ShardProspect>> ReadAsync(string name) => PackedJson.Unpack<List<ShardProspect>>(
        await _blobs.ReadAsync(name, CancellationToken.None) ?? throw new InvalidDataException("A shard of people is gone."));

    private static string Name(TenantId tenant, string workflowId, string name) => $"{tenant.Value}/{workflowId}/{name}";

    private static string Shard(int shard) => string.Create(CultureInfo.InvariantCulture, $"shard-{shard:0000}");
}
