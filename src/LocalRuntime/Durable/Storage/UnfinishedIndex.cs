using System.Threading.Channels;
using Azure;
using Azure.Data.Tables;

namespace ProspectOps.LocalRuntime.Durable.Storage;

/// <summary>The list of unfinished instances: partition <c>!unfinished</c>, one row each.</summary>
/// <remarks>All instances begin and end here, so writes go in groups: while one transaction is on its way, those that come meanwhile
/// gather for the next. They are written in the order in which they came.</remarks>
internal sealed class UnfinishedIndex
{
    private const int LargestGroup = 100;

    private readonly TableClient _table;
    private readonly Channel<Change> _changes = Channel.CreateUnbounded<Change>(new UnboundedChannelOptions { SingleReader = true });

    public UnfinishedIndex(TableClient table)
    {
        _table = table;
        _ = Task.Run(WriteAsync);
    }

    /// <returns>Ends when the row is there.</returns>
    public Task AddAsync(InstanceHeader header, CancellationToken cancellationToken)
    {
        var change = new Change(header.ListKey, header);
        _changes.Writer.TryWrite(change);
        return change.Done.Task.WaitAsync(cancellationToken);
    }

    public void Remove(string listKey) => _changes.Writer.TryWrite(new Change(listKey, null));

    public async Task<IReadOnlyList<UnfinishedInstance>> ListAsync(CancellationToken cancellationToken)
    {
        var listed = new List<UnfinishedInstance>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {InstanceRows.UnfinishedPartition}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            listed.Add(new UnfinishedInstance(row.RowKey, row.GetString("Id")!, row.GetInt32("Partition") ?? 0, row.Timestamp ?? default));
        return listed;
    }

    private async Task WriteAsync()
    {
        await foreach (var first in _changes.Reader.ReadAllAsync())
        {
            List<Change> group = [first];
            while (group.Count < LargestGroup && _changes.Reader.TryRead(out var next))
                group.Add(next);
            // A transaction holds a row once: of several changes to one row the last counts.
            var last = group.GroupBy(change => change.ListKey, StringComparer.Ordinal).Select(changes => changes.Last()).ToArray();
            try
            {
                await SubmitAsync(last);
                foreach (var change in group)
                    change.Done.TrySetResult();
            }
            catch (Exception exception)
            {
                foreach (var change in group)
                    change.Done.TrySetException(exception);
            }
        }
    }

    private async Task SubmitAsync(Change[] changes)
    {
        try
        {
            if (changes.Length > 1)
            {
                await _table.SubmitTransactionAsync(changes.Select(change => change.Header is null
                    ? new TableTransactionAction(TableTransactionActionType.Delete, Row(change), ETag.All)
                    : new TableTransactionAction(TableTransactionActionType.UpsertReplace, Row(change))));
                return;
            }
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            // One of the rows to delete is gone already, and took the whole group with it: one by one then.
        }

        foreach (var change in changes)
        {
            if (change.Header is null)
                await _table.DeleteEntityAsync(InstanceRows.UnfinishedPartition, change.ListKey, ETag.All);
            else
                await _table.UpsertEntityAsync(Row(change), TableUpdateMode.Replace);
        }
    }

    private static TableEntity Row(Change change)
    {
        var row = new TableEntity(InstanceRows.UnfinishedPartition, change.ListKey);
        if (change.Header is { } header)
        {
            row["Id"] = header.InstanceId;
            row["Partition"] = header.Partition;
        }
        return row;
    }

    /// <param name="ListKey">The row's key.</param>
    /// <param name="Header">The instance; <see langword="null"/> to remove it.</param>
    private sealed record Change(string ListKey, InstanceHeader? Header)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
