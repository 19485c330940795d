using System.Globalization;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

/// <summary>Writes a transaction as one changeset of one multipart body, into one buffer.</summary>
/// <remarks>Source: https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions.</remarks>
internal sealed class TransactionWriter
{
    private readonly PooledContent _content;
    private readonly string _table;
    private readonly Guid _id = Guid.NewGuid();
    private readonly HashSet<string> _rowKeys = new(StringComparer.Ordinal);
    private string? _partitionKey;

    private TransactionWriter(string table, PooledContent content)
    {
        _table = table;
        _content = content;
    }

    /// <param name="table">Address of the table.</param>
    /// <param name="actions">Read once.</param>
    /// <exception cref="TableTransactionFailedException">An action breaks a limit of the service; its index is in the exception.</exception>
    /// <exception cref="RequestFailedException">413 RequestBodyTooLarge: all actions together have over 4 MiB.</exception>
    /// <exception cref="InvalidOperationException">There is no action.</exception>
    public static (PooledContent Content, string ContentType, int Count) Write(Uri table, IEnumerable<TableTransactionAction> actions)
    {
        var content = new PooledContent(32 * 1024);
        try
        {
            var writer = new TransactionWriter(table.AbsoluteUri, content);
            var count = writer.WriteAll(actions);
            return (content, $"multipart/mixed; boundary=batch_{writer._id}", count);
        }
        catch
        {
            content.Return();
            throw;
        }
    }

    private int WriteAll(IEnumerable<TableTransactionAction> actions)
    {
        _content.AppendAscii($"--batch_{_id}\r\nContent-Type: multipart/mixed; boundary=changeset_{_id}\r\n\r\n");
        using var entities = new EntityWriter(_content);
        var opening = $"--changeset_{_id}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n";
        var index = 0;
        foreach (var action in actions)
        {
            try
            {
                Check(action.Entity, index);
                _content.AppendAscii(opening);
                Write(action, entities);
            }
            catch (RequestFailedException e)
            {
                e.Data[TableTransactionFailedException.FailedIndexKey] = index.ToString(CultureInfo.InvariantCulture);
                throw new TableTransactionFailedException(e);
            }
            index++;
        }
        if (index == 0)
            throw new InvalidOperationException("A transaction needs at least one action.");
        _content.AppendAscii($"--changeset_{_id}--\r\n--batch_{_id}--\r\n");
        return _content.Length <= TableLimits.TransactionBytes
            ? index
            : throw TableLimits.Refusal(413, "RequestBodyTooLarge", $"The transaction has {_content.Length} bytes; 4,194,304 are allowed.");
    }

    private void Check(ITableEntity entity, int index)
    {
        if (index == TableLimits.TransactionActions)
            throw TableLimits.Refusal(400, TableErrorCode.InvalidInput, "A transaction has over 100 actions.");
        _partitionKey ??= entity.PartitionKey;
        if (_partitionKey != entity.PartitionKey)
            throw TableLimits.Refusal(400, TableErrorCode.CommandsInBatchActOnDifferentPartitions, "All actions of a transaction need the same PartitionKey.");
        if (!_rowKeys.Add(entity.RowKey))
            throw TableLimits.Refusal(400, TableErrorCode.InvalidDuplicateRow, $"The RowKey '{entity.RowKey}' stands in the transaction twice.");
    }

    private void Write(TableTransactionAction action, EntityWriter entities)
    {
        const string Headers = " HTTP/1.1\r\nAccept: application/json;odata=minimalmetadata\r\nDataServiceVersion: 3.0\r\n";
        const string Body = "Content-Type: application/json\r\n\r\n";
        var type = action.ActionType;
        if (type == TableTransactionActionType.Add)
        {
            _content.AppendAscii("POST ");
            _content.AppendAscii(_table);
            _content.AppendAscii(Headers);
            _content.AppendAscii("Prefer: return-no-content\r\n" + Body);
            entities.Write(action.Entity);
            _content.Append("\r\n"u8);
            return;
        }

        var method = type switch
        {
            TableTransactionActionType.Delete => "DELETE ",
            TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpsertMerge => "PATCH ",
            TableTransactionActionType.UpdateReplace or TableTransactionActionType.UpsertReplace => "PUT ",
            _ => throw new InvalidOperationException($"There is no action {type}."),
        };
        _content.AppendAscii(method);
        _content.AppendAscii(_table);
        _content.AppendAscii(EntityAddress.Of(action.Entity.PartitionKey, action.Entity.RowKey));
        _content.AppendAscii(Headers);
        if (IfMatch(action) is { } version)
            _content.AppendAscii($"If-Match: {version}\r\n");
        if (type == TableTransactionActionType.Delete)
        {
            _content.Append("\r\n"u8);
            return;
        }
        _content.AppendAscii(Body);
        entities.Write(action.Entity);
        _content.Append("\r\n"u8);
    }

    /// <remarks>As in the official client: an update without a version is sent without a condition, and so acts as an upsert.</remarks>
    private static string? IfMatch(TableTransactionAction action) => action.ActionType switch
    {
        TableTransactionActionType.Delete => action.ETag == default ? "*" : action.ETag.ToString(),
        TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpdateReplace => action.ETag == default ? null : action.ETag.ToString(),
        _ => null,
    };
}
