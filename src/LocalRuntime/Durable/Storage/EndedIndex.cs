using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Azure;
using Azure.Data.Tables;

namespace ProspectOps.LocalRuntime.Durable.Storage;

/// <summary>Ended instances by the time of their creation, so that old ones are found without a scan: a partition <c>!ended|{day}</c>,
/// rows <c>{ticks}|{list key}</c>.</summary>
/// <remarks>An instance goes onto the index before it goes off the list of unfinished ones, so that a crash leaves it on one of the two.
/// Neither is urgent: both are written in groups, a few times a second at most.</remarks>
internal sealed class EndedIndex
{
    private const int LargestGroup = 100;
    private const string Prefix = "!ended|";
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);

    private readonly TableClient _table;
    private readonly Channel<(FinishedInstance? Entry, TaskCompletionSource? Written)> _finished =
        Channel.CreateUnbounded<(FinishedInstance?, TaskCompletionSource?)>(new UnboundedChannelOptions { SingleReader = true });

    public EndedIndex(TableClient table)
    {
        _table = table;
        _ = Task.Run(WriteAsync);
    }

    public void Add(FinishedInstance finished) => _finished.Writer.TryWrite((finished, null));

    public async IAsyncEnumerable<FinishedInstance> ListAsync(
        DateTimeOffset? createdFrom, DateTimeOffset? createdTo, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // What this process has seen end must not be missing because it is not written yet.
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _finished.Writer.TryWrite((null, written));
        await written.Task.WaitAsync(cancellationToken);

        var first = createdFrom is { } from ? Partition(from) : Prefix;
        var last = createdTo is { } to ? Partition(to) : $"{Prefix}~";
        var rows = _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey le {last}"), null, ["PartitionKey", "RowKey", "Id"], cancellationToken);
        await foreach (var row in rows)
        {
            var createdAt = new DateTimeOffset(long.Parse(row.RowKey.AsSpan(0, 19), CultureInfo.InvariantCulture), TimeSpan.Zero);
            if ((createdFrom is null || createdAt >= createdFrom) && (createdTo is null || createdAt <= createdTo))
                yield return new FinishedInstance(row.RowKey[20..], row.GetString("Id"), createdAt);
        }
    }

    public async Task RemoveAsync(IReadOnlyList<FinishedInstance> entries, CancellationToken cancellationToken)
    {
        foreach (var day in entries.GroupBy(entry => Partition(entry.CreatedAt)))
            await SubmitAsync(day.Key, [.. day.Select(Key).Distinct(StringComparer.Ordinal)], row => new(TableTransactionActionType.Delete, row, ETag.All), cancellationToken);
    }

    private async Task WriteAsync()
    {
        while (await _finished.Reader.WaitToReadAsync())
        {
            await Task.Delay(Gathering, TimeProvider.System);
            var group = new List<FinishedInstance>();
            var waiting = new List<TaskCompletionSource>();
            while (group.Count < LargestGroup && _finished.Reader.TryRead(out var next))
            {
                if (next.Entry is { } entry)
                    group.Add(entry);
                else
                    waiting.Add(next.Written!);
            }
            try
            {
                await WriteAsync(group);
            }
            catch (RequestFailedException)
            {
                // They stay on the list of unfinished ones, and the next start brings them here again.
            }
            catch (AggregateException)
            {
                // As above: no answer at all, after several tries.
            }
            foreach (var done in waiting)
                done.SetResult();
        }
    }

    private async Task WriteAsync(List<FinishedInstance> group)
    {
        foreach (var day in group.Where(entry => entry.InstanceId is not null).GroupBy(entry => Partition(entry.CreatedAt)))
        {
            var ids = day.DistinctBy(entry => entry.ListKey).ToDictionary(Key, entry => entry.InstanceId!, StringComparer.Ordinal);
            await SubmitAsync(
                day.Key, [.. ids.Keys],
                row =>
                {
                    row["Id"] = ids[row.RowKey];
                    return new TableTransactionAction(TableTransactionActionType.UpsertReplace, row);
                },
                CancellationToken.None);
        }
        var keys = group.Select(entry => entry.ListKey).Distinct(StringComparer.Ordinal).ToArray();
        await SubmitAsync(InstanceRows.UnfinishedPartition, keys, row => new(TableTransactionActionType.Delete, row, ETag.All), CancellationToken.None);
    }

    private async Task SubmitAsync(string partition, string[] keys, Func<TableEntity, TableTransactionAction> action, CancellationToken cancellationToken)
    {
        foreach (var chunk in keys.Chunk(LargestGroup))
        {
            var actions = chunk.Select(key => action(new TableEntity(partition, key))).ToArray();
            try
            {
                if (actions.Length > 1)
                {
                    await _table.SubmitTransactionAsync(actions, cancellationToken);
                    continue;
                }
            }
            catch (RequestFailedException exception) when (exception.Status == 404)
            {
                // One of the rows to delete is gone already, and took the whole group with it: one by one then.
            }
            foreach (var single in actions)
            {
                if (single.ActionType == TableTransactionActionType.Delete)
                    await _table.DeleteEntityAsync(partition, single.Entity.RowKey, ETag.All, cancellationToken);
                else
                    await _table.UpsertEntityAsync((TableEntity)single.Entity, TableUpdateMode.Replace, cancellationToken);
            }
        }
    }

    private static string Partition(DateTimeOffset createdAt) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{createdAt.UtcDateTime:yyyyMMdd}");

    private static string Key(FinishedInstance entry) => string.Create(CultureInfo.InvariantCulture, $"{entry.CreatedAt.UtcTicks:D19}|{entry.ListKey}");
}
