using System.Threading.Channels;
using Azure.Data.Tables;

namespace ProspectOps.LocalRuntime.Durable.Storage;

/// <summary>The list of unfinished instances: partition <c>!unfinished</c>, one row each.</summary>
/// <remarks>All instances begin here, so writes go in groups: while one transaction is on its way, those that come meanwhile
/// gather for the next. <see cref="EndedIndex"/> takes them off.</remarks>
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
        var change = new Change(header);
        _changes.Writer.TryWrite(change);
        return change.Done.Task.WaitAsync(cancellationToken);
    }

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
            var last = group.GroupBy(change => change.Header.ListKey, StringComparer.Ordinal).Select(changes => changes.Last()).ToArray();
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
        if (changes is [var only])
            await _table.UpsertEntityAsync(Row(only), TableUpdateMode.Replace);
        else
            await _table.SubmitTransactionAsync(changes.Select(change => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Row(change))));
    }

    private static TableEntity Row(Change change) => new(InstanceRows.UnfinishedPartition, change.Header.ListKey)
    {
        ["Id"] = change.Header.InstanceId,
        ["Partition"] = change.Header.Partition,
    };

    private sealed record Change(InstanceHeader Header)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
