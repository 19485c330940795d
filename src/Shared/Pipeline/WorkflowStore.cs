using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Json;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Pipeline;

/// <summary>
/// Table <c>Workflows</c>: tenant|workflow · <c>h</c> the header, <c>s|stage|shard</c> counters with a bit for each chunk done, <c>c|…</c> what else was counted.
/// What a client polls is the range from <c>h</c> to <c>s|…</c>. Partition tenant|workflow|stage|shard · chunk holds a chunk's result. Partition tenant · <c>w|</c>inverted id lists a tenant's workflows, newest first.
/// </summary>
public sealed class WorkflowStore(IStorage storage) : IDisposable
{
    private const string HeaderRow = "h";
    private const string AfterCounters = "t";
    private const string IndexPrefix = "w|";
    private const int ResultsKept = 1_000;

    private readonly ITable _table = storage.Table("Workflows");
    private readonly PayloadStore _results = new(storage.Blobs("workflow-results"));
    private readonly CountedWrites _counted = new(storage.Table("Workflows"));
    private readonly ChunkCounters _chunks = new(storage.Table("Workflows"));

    // The next stage asks soon for what the one before left, and mostly in the same process.
    private readonly MemoryCache _recent = new(new MemoryCacheOptions { SizeLimit = ResultsKept });

    /// <summary>Adds it and lists it; one with that id already there is the same, made by the same request before.</summary>
    public async Task AddAsync(TenantId tenant, WorkflowHeader header, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(header);
        await _table.UpsertAsync(new TableRow(tenant.Value, IndexPrefix + Base32.Invert(header.WorkflowId)) { ["WorkflowId"] = header.WorkflowId }, cancellationToken);
        await _table.TryInsertAsync(Write(tenant, header), cancellationToken);
    }

    public async Task<WorkflowHeader?> FindAsync(TenantId tenant, string workflowId, CancellationToken cancellationToken) =>
        await _table.FindAsync(Partition(tenant, workflowId), HeaderRow, cancellationToken) is { } row ? Read(row) : null;

    /// <summary>Header and counters in one range.</summary>
    public async Task<(WorkflowHeader Header, IReadOnlyList<TableRow> Counters)?> ReadAsync(TenantId tenant, string workflowId, CancellationToken cancellationToken)
    {
        WorkflowHeader? header = null;
        var counters = new List<TableRow>();
        await foreach (var row in _table.RangeAsync(Partition(tenant, workflowId), HeaderRow, AfterCounters, 1000, cancellationToken))
        {
            if (row.Row == HeaderRow)
                header = Read(row);
            else
                counters.Add(row);
        }
        return header is null ? null : (header, counters);
    }

    /// <summary>Changes the header, again where somebody else was faster.</summary>
    /// <param name="change">Pure; null leaves it as it is.</param>
    /// <returns>The header as it now stands; null where there is none.</returns>
    public async Task<WorkflowHeader?> UpdateAsync(TenantId tenant, string workflowId, Func<WorkflowHeader, WorkflowHeader?> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        while (await FindAsync(tenant, workflowId, cancellationToken) is { } header)
        {
            if (change(header) is not { } changed)
                return header;
            if (await _table.TryReplaceAsync(Write(tenant, changed), cancellationToken) is { } version)
                return changed with { Version = version };
        }
        return null;
    }

    /// <summary>Keeps what a chunk's step came to, for the next stage. The first result is the one: a step that runs twice may come to another.</summary>
    /// <returns>What is kept.</returns>
    public async Task<T> KeepAsync<T>(TenantId tenant, string workflowId, ChunkKey chunk, T result, CancellationToken cancellationToken) where T : class
    {
        var row = new TableRow(ResultPartition(tenant, workflowId, chunk.Stage, chunk.Shard), chunk.ResultRow);
        await _results.PutApartAsync(row, result, $"{row.Partition}/{row.Row}", cancellationToken);
        if (!await _table.TryInsertAsync(row, cancellationToken))
        {
            var kept = await _table.FindAsync(row.Partition, row.Row, cancellationToken) ?? throw new InvalidOperationException("A result that was kept is gone.");
            await _results.DropAsync(row, kept);
            result = await _results.GetAsync<T>(kept, cancellationToken);
        }
        _recent.Set((row.Partition, row.Row), result, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(1) });
        return result;
    }

    /// <summary>Says that a chunk's step is done, and counts it, once.</summary>
    public Task CompleteAsync(TenantId tenant, string workflowId, ChunkKey chunk, IReadOnlyDictionary<string, long> deltas) =>
        _chunks.CountAsync(Partition(tenant, workflowId), chunk.CounterRow, chunk.Chunk, deltas);

    public async Task<bool> IsDoneAsync(TenantId tenant, string workflowId, ChunkKey chunk, CancellationToken cancellationToken) =>
        await _table.FindAsync(Partition(tenant, workflowId), chunk.CounterRow, cancellationToken) is { } counter && ChunkCounters.IsCounted(counter, chunk.Chunk);

    /// <summary>Moves a stage's counter, once for each <paramref name="marker"/>.</summary>
    public Task<bool> CountAsync(TenantId tenant, string workflowId, string stage, int shard, string marker, IReadOnlyDictionary<string, long> deltas, CancellationToken cancellationToken) =>
        _counted.WriteAsync(new TableRow(Partition(tenant, workflowId), $"c|{marker}"), [], new ChunkKey(stage, shard, 0).CounterRow, deltas, cancellationToken);

    /// <summary>Notes and counts what became of events at one endpoint; what was noted before counts once.</summary>
    /// <param name="source">The events; <paramref name="states"/> holds a character for each.</param>
    /// <returns>Whether all of them were attempted at every endpoint, and a <c>d</c> for each that every endpoint took.</returns>
    public async Task<(bool AllAttempted, string Delivered)> TallyAsync(
        TenantId tenant, string workflowId, int shard, string source, string endpointId, string states, int listeners, bool isOwn, bool isFirst, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(states);
        var row = await _counted.ChangeAsync(
            Partition(tenant, workflowId), $"c|tally|{source}", isFirst, new ChunkKey(Stage.Deliver, shard, 0).CounterRow,
            tally => DeliveryTally.Note(tally, endpointId, states, listeners, isOwn), cancellationToken);
        return DeliveryTally.Read(row, states.Length, listeners);
    }

    public async Task<T?> ResultAsync<T>(TenantId tenant, string workflowId, ChunkKey chunk, CancellationToken cancellationToken) where T : class
    {
        var partition = ResultPartition(tenant, workflowId, chunk.Stage, chunk.Shard);
        if (_recent.TryGetValue((partition, chunk.ResultRow), out T? recent))
            return recent;
        return await ReadResultAsync<T>(partition, chunk.ResultRow, cancellationToken);
    }

    private async Task<T?> ReadResultAsync<T>(string partition, string resultRow, CancellationToken cancellationToken) where T : class =>
        await _table.FindAsync(partition, resultRow, cancellationToken) is { } row ? await _results.GetAsync<T>(row, cancellationToken) : null;

    /// <summary>Every result of a stage, by shard and chunk.</summary>
    public async IAsyncEnumerable<T> ResultsAsync<T>(TenantId tenant, string workflowId, string stage, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var prefix = $"s|{stage}|";
        await foreach (var counter in _table.RangeAsync(Partition(tenant, workflowId), prefix, prefix + "~", 1000, cancellationToken))
        {
            var shard = int.Parse(counter.Row.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture);
            await foreach (var row in _table.RangeAsync(ResultPartition(tenant, workflowId, stage, shard), "", "~", 1000, cancellationToken))
                yield return await _results.GetAsync<T>(row, cancellationToken);
        }
    }

    /// <summary>Ids, newest first.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(TenantId tenant, string after, int limit, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        var from = after.Length == 0 ? IndexPrefix : IndexPrefix + Base32.Invert(after) + "!";
        await foreach (var row in _table.RangeAsync(tenant.Value, from, IndexPrefix + "~", limit, cancellationToken))
        {
            ids.Add(row.Text("WorkflowId") ?? "");
            if (ids.Count == limit)
                break;
        }
        return ids;
    }

    public void Dispose()
    {
        _counted.Dispose();
        _chunks.Dispose();
        _recent.Dispose();
    }

    private static string Partition(TenantId tenant, string workflowId) => $"{tenant.Value}|{workflowId}";

    private static string ResultPartition(TenantId tenant, string workflowId, string stage, int shard) =>
        string.Create(CultureInfo.InvariantCulture, $"{tenant.Value}|{workflowId}|{stage}|{shard:00000}");

    private static TableRow Write(TenantId tenant, WorkflowHeader header) => new(Partition(tenant, header.WorkflowId), HeaderRow)
    {
        ["Header"] = JsonSerializer.Serialize(header, JsonDefaults.Options),
        Version = header.Version,
    };

    private static WorkflowHeader Read(TableRow row) =>
        JsonSerializer.Deserialize<WorkflowHeader>(row.Text("Header") ?? "", JsonDefaults.Options)! with { Version = row.Version };
}
