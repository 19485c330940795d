using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Json;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Tenancy.Audit;

/// <summary>
/// Table <c>Audit</c>: tenant|month · <c>e|</c>inverse number, an entry; <c>h</c>, the end of the month's chain. tenant|months · month, which months there are.
/// </summary>
/// <remarks>
/// Entries and head are one transaction, so that a chain has no gap and no fork, whoever writes and whoever dies. An entry is in the store when
/// <see cref="AppendAsync"/> returns. Those that come while a write is under way go together with the next one: at most one write at a time a process and tenant.
/// </remarks>
public sealed class AuditStore(IStorage storage, KeyHasher seal, IdSource ids, TimeProvider clock)
{
    private const string HeadRow = "h";
    private const int MostTogether = 50;
    private const int Attempts = 100;
    private const long MostEntries = 999_999_999_999;
    private const int SealCharacters = 52;
    // Of one of before and after; a row's text may have 32,768.
    private const int MostDetail = 12_000;

    private readonly ITable _table = storage.Table("Audit");
    private readonly ConcurrentDictionary<string, Cell> _cells = new(StringComparer.Ordinal);

    public async Task AppendAsync(TenantId tenant, AuditDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var cell = _cells.GetOrAdd(tenant.Value, static _ => new Cell());
        var waiting = new Waiting(draft);
        cell.Queue.Enqueue(waiting);
        await cell.Turn.WaitAsync(cancellationToken);
        try
        {
            while (!waiting.Done.IsCompleted)
                await WriteNextAsync(tenant, cell);
        }
        finally
        {
            cell.Turn.Release();
        }
        await waiting.Done;
    }

    public async Task<IReadOnlyList<string>> MonthsAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var months = new List<string>();
        await foreach (var row in _table.RangeAsync($"{tenant.Value}|months", "", "~", 1000, cancellationToken))
            months.Add(row.Row);
        return months;
    }

    public async Task<AuditHead?> HeadAsync(TenantId tenant, string month, CancellationToken cancellationToken)
    {
        var partition = Partition(tenant, month);
        return await _table.FindAsync(partition, HeadRow, cancellationToken) is { } head
            ? new AuditHead(month, head.Number("Seq"), head.Text("Hash") ?? "", head.Text("Seal") == Seal(partition, head.Number("Seq"), head.Text("Hash") ?? ""))
            : null;
    }

    /// <summary>A month's entries, newest first.</summary>
    /// <param name="after">The row that the last one came from; empty for the newest.</param>
    public async IAsyncEnumerable<StoredAuditEntry> NewestFirstAsync(TenantId tenant, string month, string after, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.RangeAsync(Partition(tenant, month), after.Length == 0 ? "e|" : after + "!", "e~", pageSize, cancellationToken))
        {
            var text = row.Text("Entry") ?? "";
            yield return new StoredAuditEntry(AuditEntry.Parse(text, month), text, row.Row);
        }
    }

    /// <summary>The place that a row key stands for.</summary>
    public static long SeqOf(string row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return MostEntries - long.Parse(row.AsSpan(2), CultureInfo.InvariantCulture);
    }

    private static string RowOf(long seq) => string.Create(CultureInfo.InvariantCulture, $"e|{MostEntries - seq:D12}");

    private static string Partition(TenantId tenant, string month) => $"{tenant.Value}|{month}";

    private string Seal(string partition, long seq, string hash) => seal.Tag(string.Create(CultureInfo.InvariantCulture, $"audit|{partition}|{seq}|{hash}"), SealCharacters);

    // Without the token of whoever writes: it writes for others too, who have not gone.
    private async Task WriteNextAsync(TenantId tenant, Cell cell)
    {
        var together = new List<Waiting>(MostTogether);
        while (together.Count < MostTogether && cell.Queue.TryDequeue(out var next))
            together.Add(next);
        if (together.Count == 0)
            return;
        try
        {
            await WriteAsync(tenant, cell, [.. together.Select(one => one.Draft)], CancellationToken.None);
            together.ForEach(one => one.Complete());
        }
        catch (Exception e)
        {
            // Whoever waits is told; it is not for the one who writes to decide what it means to the others.
            together.ForEach(one => one.Fail(e));
        }
    }

    private async Task WriteAsync(TenantId tenant, Cell cell, IReadOnlyList<AuditDraft> drafts, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var now = clock.GetUtcNow();
            var month = now.UtcDateTime.ToString("yyyyMM", CultureInfo.InvariantCulture);
            var partition = Partition(tenant, month);
            var head = cell.Head is { } known && known.Partition == partition ? known : await _table.FindAsync(partition, HeadRow, cancellationToken) ?? new TableRow(partition, HeadRow);
            cell.Head = null;
            if (head.Version is null)
                await _table.TryInsertAsync(new TableRow($"{tenant.Value}|months", month), cancellationToken);

            var (seq, hash) = (head.Number("Seq"), head.Text("Hash") ?? "");
            var writes = new List<TableWrite>(drafts.Count + 1);
            foreach (var draft in drafts)
            {
                var entry = new AuditEntry(
                    ids.New("aud"), now, month, ++seq, draft.Actor, draft.ActorTenant, draft.Action, draft.Target, Detail(draft.Before), Detail(draft.After), draft.Address, draft.RequestId, hash);
                var text = entry.ToText();
                hash = AuditEntry.HashOf(text);
                writes.Add(TableWrite.Insert(new TableRow(partition, RowOf(seq)) { ["Entry"] = text }));
            }
            var moved = new TableRow(partition, HeadRow) { ["Seq"] = seq, ["Hash"] = hash, ["Seal"] = Seal(partition, seq, hash), Version = head.Version };
            writes.Add(head.Version is null ? TableWrite.Insert(moved) : TableWrite.Replace(moved));
            var result = await _table.TransactAsync(writes, cancellationToken);
            if (result.Committed)
            {
                moved.Version = result.Versions[^1];
                cell.Head = moved;
                return;
            }
            // A lost answer is asked again, and then finds itself in the way; another may have gone on from there.
            if ((await _table.FindAsync(partition, RowOf(seq), cancellationToken))?.Text("Entry") is { } last && AuditEntry.HashOf(last) == hash)
                return;
        }
        throw new TimeoutException($"The audit log's end changed under {Attempts} attempts to add to it.");
    }

    private static JsonElement? Detail(object? value)
    {
        if (value is null)
            return null;
        var element = JsonSerializer.SerializeToElement(value, JsonDefaults.Options);
        return element.GetRawText().Length <= MostDetail ? element : JsonSerializer.SerializeToElement(new { tooLarge = true, sha256 = AuditEntry.HashOf(element.GetRawText()) }, JsonDefaults.Options);
    }

    private sealed class Cell
    {
        public ConcurrentQueue<Waiting> Queue { get; } = new();

        public SemaphoreSlim Turn { get; } = new(1, 1);

        public TableRow? Head { get; set; }
    }

    private sealed class Waiting(AuditDraft draft)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public AuditDraft Draft { get; } = draft;

        public Task Done => _done.Task;

        public void Complete() => _done.TrySetResult();

        public void Fail(Exception e) => _done.TrySetException(e);
    }
}
