using Azure.Data.Tables;
using ProspectOps.LocalRuntime.Durable.History;

namespace ProspectOps.LocalRuntime.Durable.Storage;

internal sealed partial class TablesInstanceStore
{
    public Task<IReadOnlyList<UnfinishedInstance>> ListUnfinishedAsync(CancellationToken cancellationToken) => _unfinished.ListAsync(cancellationToken);

    public async Task<InstanceHeader?> FindAsync(string instanceId, bool withPayloads, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            InstanceRows.Partition(instanceId), InstanceRows.Header, withPayloads ? null : InstanceRows.SummaryColumns, cancellationToken);
        return row.HasValue ? await ReadHeaderAsync(row.Value!, withPayloads, cancellationToken) : null;
    }

    public async Task<StoredInstance?> LoadAsync(string instanceId, CancellationToken cancellationToken)
    {
        TableEntity? headerRow = null;
        List<TableEntity> historyRows = [], messageRows = [], sentRows = [];
        var partition = InstanceRows.Partition(instanceId);
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken: cancellationToken))
        {
            switch (row.RowKey[0])
            {
                case 'i':
                    headerRow = row;
                    break;
                case 'h':
                    historyRows.Add(row);
                    break;
                case 'o':
                    sentRows.Add(row);
                    break;
                default:
                    messageRows.Add(row);
                    break;
            }
        }
        if (headerRow is null)
            return null;

        var header = await ReadHeaderAsync(headerRow, withPayloads: true, cancellationToken);
        var position = InstanceRows.ReadPosition(headerRow);
        if (headerRow.GetString("InputBlob") is { } blob)
            position = position with { InputBlob = header.Input is { } input ? (input, blob) : null };
        var inbox = new List<InboxMessage>();
        foreach (var row in messageRows.Where(row => MessageKeys.Counts(row.RowKey, header.Ordinal)))
        {
            if (await MessageAsync(row, header.IsEnded, cancellationToken) is var message && header.Takes(message))
                inbox.Add(message);
        }
        var outbox = new List<OutboxMessage>();
        foreach (var row in sentRows)
        {
            outbox.Add(new OutboxMessage(
                row.RowKey, row.GetString("MessageId")!, row.GetString("Target")!, row.GetString("Name")!, await PayloadAsync(row, header.IsEnded, cancellationToken)));
        }
        return new StoredInstance(header, position, await ReadEventsAsync(historyRows, position, header.IsEnded, cancellationToken), inbox, outbox);
    }

    public async Task<IReadOnlyList<InboxMessage>> ReadInboxAsync(string instanceId, CancellationToken cancellationToken)
    {
        var inbox = new List<InboxMessage>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {InstanceRows.Partition(instanceId)} and RowKey ge {"m|"} and RowKey lt {"m}"}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            inbox.Add(await MessageAsync(row, mayBeGone: false, cancellationToken));
        return inbox;
    }

    public async Task<List<HistoryEvent>> ReadHistoryAsync(string instanceId, StoredPosition position, CancellationToken cancellationToken)
    {
        var rows = new List<TableEntity>();
        if (position.SealedRows > 0)
        {
            var first = InstanceRows.HistoryKey(position.Ordinal, 0);
            var end = InstanceRows.HistoryKey(position.Ordinal, position.SealedRows);
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {InstanceRows.Partition(instanceId)} and RowKey ge {first} and RowKey lt {end}");
            await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
                rows.Add(row);
        }
        return await ReadEventsAsync(rows, position, mayBeGone: false, cancellationToken);
    }

    public async Task<InstancePage> ListAsync(InstanceFilter filter, int pageSize, string? continuationToken, CancellationToken cancellationToken)
    {
        var query = TableClient.CreateQueryFilter($"RowKey eq {InstanceRows.Header}");
        if (filter.CreatedFrom is { } from)
            query += " and " + TableClient.CreateQueryFilter($"CreatedAt ge {from}");
        if (filter.CreatedTo is { } to)
            query += " and " + TableClient.CreateQueryFilter($"CreatedAt le {to}");
        if (filter.IdPrefix is { Length: > 0 } prefix)
        {
            // The encoding is character by character, so that a prefix of the id is one of the key.
            var first = InstanceRows.Partition(prefix);
            query += " and " + TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey lt {first + '\uffff'}");
        }
        if (filter.Statuses is { Count: > 0 and < 8 } statuses)
            query += $" and ({string.Join(" or ", statuses.Select(status => TableClient.CreateQueryFilter($"Status eq {status.ToString()}")))})";

        var rows = table.QueryAsync<TableEntity>(query, pageSize, filter.WithPayloads ? null : InstanceRows.SummaryColumns, cancellationToken);
        await foreach (var page in rows.AsPages(continuationToken, pageSize))
        {
            var headers = new List<InstanceHeader>();
            foreach (var row in page.Values)
            {
                var header = await ReadHeaderAsync(row, filter.WithPayloads, cancellationToken);
                if (filter.Matches(header))
                    headers.Add(header);
            }
            return new InstancePage(headers, page.ContinuationToken);
        }
        return new InstancePage([], null);
    }

    private async Task<List<HistoryEvent>> ReadEventsAsync(
        List<TableEntity> rows, StoredPosition position, bool mayBeGone, CancellationToken cancellationToken)
    {
        var events = new List<HistoryEvent>();
        foreach (var row in rows)
        {
            var (ordinal, sequence) = InstanceRows.ParseHistoryKey(row.RowKey);
            if (ordinal == position.Ordinal && sequence < position.SealedRows)
                events.AddRange(HistoryJson.ReadMany(InstanceRows.ReadHistory(row)));
        }
        events.AddRange(HistoryJson.ReadMany(position.Tail));
        for (var index = 0; index < events.Count; index++)
        {
            if (events[index].PayloadBlob is { } blob)
                events[index] = events[index] with { Payload = await payloads.ReadAsync(blob, mayBeGone, cancellationToken), PayloadBlob = null };
        }
        return events;
    }

    private async Task<InstanceHeader> ReadHeaderAsync(TableEntity row, bool withPayloads, CancellationToken cancellationToken)
    {
        var header = InstanceRows.ReadHeader(row);
        if (!withPayloads)
            return header;
        return header with
        {
            Input = row.GetString("InputBlob") is { } input ? await payloads.ReadAsync(input, header.IsEnded, cancellationToken) : header.Input,
            Output = row.GetString("OutputBlob") is { } output ? await payloads.ReadAsync(output, header.IsEnded, cancellationToken) : header.Output,
        };
    }

    private async Task<InboxMessage> MessageAsync(TableEntity row, bool mayBeGone, CancellationToken cancellationToken) => new(
        row.RowKey, Enum.Parse<InboxKind>(row.GetString("Kind")!), row.GetString("Name"),
        await PayloadAsync(row, mayBeGone, cancellationToken), row.GetString("MessageId"), row.GetString("Use"));

    private async Task<string?> PayloadAsync(TableEntity row, bool mayBeGone, CancellationToken cancellationToken) =>
        row.GetString("PayloadBlob") is { } blob ? await payloads.ReadAsync(blob, mayBeGone, cancellationToken) : row.GetString("Payload");
}
