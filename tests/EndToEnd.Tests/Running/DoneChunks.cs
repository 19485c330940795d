extern alias shared;

using Microsoft.Extensions.Configuration;
using shared::ProspectOps.Platform.Ids;
using shared::ProspectOps.Platform.Storage;
using shared::ProspectOps.Tenancy;
using shared::ProspectOps.Validation.Jobs;

namespace ProspectOps.EndToEnd.Tests.Running;

/// <summary>Which chunks of a job the store says are done, and how often their addresses had been asked about by then. Each address has a domain of its own.</summary>
public sealed class DoneChunks : IDisposable
{
    private readonly AzureStorage _storage;
    private readonly ChunkStore _chunks;
    private readonly string _jobId;
    private readonly HashSet<int> _known = [];
    private readonly Dictionary<string, int> _asked = new(StringComparer.OrdinalIgnoreCase);

    public DoneChunks(string connectionString, string jobId)
    {
        _storage = new AzureStorage(new ConfigurationBuilder().AddInMemoryCollection([new("AzureWebJobsStorage", connectionString)]).Build());
        _chunks = new ChunkStore(_storage, new IdSource(TimeProvider.System));
        _jobId = jobId;
    }

    public int Count => _known.Count;

    /// <summary>By domain, when its chunk was first seen done.</summary>
    public IReadOnlyDictionary<string, int> Asked => _asked;

    /// <summary>Looks for those that are done now, while nobody is at work.</summary>
    /// <param name="asked">How often a domain was asked for.</param>
    public async Task NoteAsync(Func<string, int> asked)
    {
        await foreach (var chunk in _chunks.ListAsync(TenantId.Default, _jobId, 0..1_000, CancellationToken.None))
        {
            if (chunk.State != ChunkState.Done || !_known.Add(chunk.Number))
                continue;
            foreach (var email in (await _chunks.InputAsync(chunk, CancellationToken.None)).Emails)
            {
                var domain = email[(email.IndexOf('@', StringComparison.Ordinal) + 1)..];
                _asked.Add(domain, asked(domain));
            }
        }
    }

    public void Dispose()
    {
        _chunks.Dispose();
        _storage.Dispose();
    }
}
