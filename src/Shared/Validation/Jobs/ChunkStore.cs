using System.Runtime.CompilerServices;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Validation.Jobs;

/// <summary>
/// Table <c>ValidationChunks</c>: tenant|job · <c>k|</c>chunk its state and lease, <c>i|</c>chunk its addresses, <c>c</c> the job's sums. A chunk's
/// end and the sums are one transaction. Container <c>validation-jobs</c>: tenant/job/results-… and, where they are large, addresses.
/// </summary>
public sealed class ChunkStore(IStorage storage, IdSource ids) : IDisposable
{
    private const string CounterRow = "c";
    private const int MostRows = 100;

    private readonly ITable _table = storage.Table("ValidationChunks");
    private readonly IBlobs _blobs = storage.Blobs("validation-jobs");
    private readonly PayloadStore _inputs = new(storage.Blobs("validation-jobs"));
    private readonly CountedWrites _counted = new(storage.Table("ValidationChunks"));

    /// <summary>Adds chunks; those that are there were added by the same step before, and may be at work by now.</summary>
    public async Task AddAsync(TenantId tenant, string jobId, int first, IReadOnlyList<ChunkInput> inputs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (var part in inputs.Index().Chunk(MostRows / 2))
        {
            var rows = new List<TableRow>(MostRows);
            foreach (var (index, input) in part)
            {
                var inputRow = new TableRow(JobChunk.PartitionOf(tenant, jobId), JobChunk.InputRowOf(first + index));
                await _inputs.PutAsync(inputRow, input, $"{tenant.Value}/{jobId}/{inputRow.Row[2..]}", cancellationToken);
                rows.Add(inputRow);
                rows.Add(new JobChunk { Tenant = tenant, JobId = jobId, Number = first + index, Rows = input.Rows.Sum() }.Write());
            }
            var result = await _table.TransactAsync([.. rows.Select(TableWrite.Insert)], cancellationToken);
            if (result.Committed)
                continue;
            foreach (var row in rows)
                await _table.TryInsertAsync(row, cancellationToken);
        }
    }

    public async Task<JobChunk?> FindAsync(TenantId tenant, string jobId, int number, CancellationToken cancellationToken) =>
        await _table.FindAsync(JobChunk.PartitionOf(tenant, jobId), JobChunk.RowOf(number), cancellationToken) is { } row ? JobChunk.Read(tenant, jobId, row) : null;

    public async IAsyncEnumerable<JobChunk> ListAsync(TenantId tenant, string jobId, Range numbers, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (from, to) = (numbers.Start.Value, numbers.End.Value);
        await foreach (var row in _table.RangeAsync(JobChunk.PartitionOf(tenant, jobId), JobChunk.RowOf(from), JobChunk.RowOf(to), Math.Clamp(to - from, 1, 1000), cancellationToken))
            yield return JobChunk.Read(tenant, jobId, row);
    }

    public async Task<ChunkInput> InputAsync(JobChunk chunk, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        var row = await _table.FindAsync(JobChunk.PartitionOf(chunk.Tenant, chunk.JobId), JobChunk.InputRowOf(chunk.Number), cancellationToken)
            ?? throw new InvalidDataException("A chunk's addresses are gone.");
        return await _inputs.GetAsync<ChunkInput>(row, cancellationToken);
    }

    /// <summary>As far as it has come; null before its first pass.</summary>
    public async Task<ChunkResult?> ResultAsync(JobChunk chunk, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        if (chunk.Results is not { } blob)
            return null;
        return PackedJson.Unpack<ChunkResult>(await _blobs.ReadAsync(blob, cancellationToken) ?? throw new InvalidDataException("A chunk's results are gone."));
    }

    /// <summary>The chunk with its new version, or null where somebody else changed it meanwhile.</summary>
    public async Task<JobChunk?> TryReplaceAsync(JobChunk chunk, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        return await _table.TryReplaceAsync(chunk.Write(), cancellationToken) is { } version ? chunk with { Version = version } : null;
    }

    /// <summary>Claims a chunk, or renews the claim. The chunk with its new version, or null where it is not ours.</summary>
    /// <param name="chunk">Its owner names this claim and no other.</param>
    public async Task<JobChunk?> TryHoldAsync(JobChunk chunk, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        // An answer that was lost and asked again looks like another's work.
        return await TryReplaceAsync(chunk, cancellationToken)
            ?? (await FindAsync(chunk.Tenant, chunk.JobId, chunk.Number, cancellationToken) is { } stored && stored.Owner == chunk.Owner ? stored : null);
    }

    public async Task<JobCounts> CountsAsync(TenantId tenant, string jobId, CancellationToken cancellationToken) =>
        JobCounts.Of(await _table.FindAsync(JobChunk.PartitionOf(tenant, jobId), CounterRow, cancellationToken));

    /// <summary>Keeps what a pass came to, and counts it.</summary>
    /// <param name="chunk">As it stands in the store.</param>
    /// <param name="recorded">As it shall stand; its blob is named here.</param>
    /// <returns>False where the chunk was lost to another, whose results count.</returns>
    public async Task<bool> RecordAsync(JobChunk chunk, JobChunk recorded, ChunkResult result, IReadOnlyDictionary<string, long> deltas, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        ArgumentNullException.ThrowIfNull(recorded);
        // A name of its own: whoever comes too late must not write over what is counted.
        var blob = $"{chunk.Tenant.Value}/{chunk.JobId}/results-{chunk.Number:000000}-{ids.NewSuffix()}";
        await _blobs.WriteAsync(blob, PackedJson.Pack(result), cancellationToken);
        var written = await _counted.TryWriteAsync([TableWrite.Replace((recorded with { Results = blob, Version = chunk.Version }).Write())], CounterRow, deltas, cancellationToken);
        // An answer that was lost and asked again looks like another's work.
        if (!written && (await FindAsync(chunk.Tenant, chunk.JobId, chunk.Number, cancellationToken))?.Results != blob)
        {
            await _blobs.DeleteAsync(blob, CancellationToken.None);
            return false;
        }
        if (chunk.Results is { } before)
            await _blobs.DeleteAsync(before, CancellationToken.None);
        return true;
    }

    /// <summary>Gives a chunk up.</summary>
    public Task<bool> GiveUpAsync(JobChunk chunk, string cause, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        return _counted.TryWriteAsync([TableWrite.Replace((chunk with { State = ChunkState.Dead, Owner = null, LeaseUntil = null, Cause = cause }).Write())], CounterRow, new Dictionary<string, long> { ["Dead"] = 1 }, cancellationToken);
    }

    /// <summary>Opens dead chunks again, 99 at most.</summary>
    public Task<bool> ReviveAsync(IReadOnlyList<JobChunk> dead, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(dead);
        return _counted.TryWriteAsync(
            [.. dead.Select(chunk => TableWrite.Replace((chunk with { State = ChunkState.Open, Failures = 0, ResumeAt = null }).Write()))], CounterRow, new Dictionary<string, long> { ["Dead"] = -dead.Count }, cancellationToken);
    }

    public void Dispose() => _counted.Dispose();
}
