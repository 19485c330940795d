using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace ProspectOps.Platform.Storage;

/// <summary><see cref="ITable"/> on Azure Tables: the one file that names that SDK, but for the client's making and <see cref="AzureTenantErasure"/>.</summary>
public sealed class AzureTable : ITable
{
    private readonly TableClient _client;
    private readonly OnceAsync _created;

    public AzureTable(TableClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _created = new OnceAsync(token => client.CreateIfNotExistsAsync(token));
    }

    public async Task<TableRow?> FindAsync(string partition, string row, CancellationToken cancellationToken)
    {
        await _created.DoAsync(cancellationToken);
        var found = await _client.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellationToken);
        return found.HasValue ? Read(found.Value!) : null;
    }

    public async IAsyncEnumerable<TableRow> RangeAsync(string partition, string from, string to, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await _created.DoAsync(cancellationToken);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}");
        await foreach (var entity in _client.QueryAsync<TableEntity>(filter, pageSize, cancellationToken: cancellationToken))
            yield return Read(entity);
    }

    public async Task<bool> TryInsertAsync(TableRow row, CancellationToken cancellationToken)
    {
        await _created.DoAsync(cancellationToken);
        try
        {
            await _client.AddEntityAsync(Write(row), cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 409 && e.ErrorCode == TableErrorCode.EntityAlreadyExists)
        {
            return false;
        }
    }

    public async Task<string?> TryReplaceAsync(TableRow row, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        await _created.DoAsync(cancellationToken);
        try
        {
            var response = await _client.UpdateEntityAsync(Write(row), VersionOf(row), TableUpdateMode.Replace, cancellationToken);
            return response.Headers.ETag?.ToString();
        }
        catch (RequestFailedException e) when (e.Status is 412 or 404)
        {
            return null;
        }
    }

    public async Task UpsertAsync(TableRow row, CancellationToken cancellationToken)
    {
        await _created.DoAsync(cancellationToken);
        await _client.UpsertEntityAsync(Write(row), TableUpdateMode.Replace, cancellationToken);
    }

    public async Task DeleteAsync(string partition, string row, CancellationToken cancellationToken)
    {
        await _created.DoAsync(cancellationToken);
        await _client.DeleteEntityAsync(partition, row, ETag.All, cancellationToken);
    }

    public async Task<TransactionResult> TransactAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        await _created.DoAsync(cancellationToken);
        try
        {
            var response = await _client.SubmitTransactionAsync(writes.Select(Action), cancellationToken);
            return new TransactionResult(-1, [.. response.Value.Select(one => one.Headers.ETag?.ToString())]);
        }
        catch (TableTransactionFailedException e) when (e.Status is 404 or 409 or 412 && e.FailedTransactionActionIndex is not null)
        {
            return TransactionResult.Failed(e.FailedTransactionActionIndex.Value);
        }
    }

    private static TableTransactionAction Action(TableWrite write) => write.Kind switch
    {
        TableWriteKind.Insert => new(TableTransactionActionType.Add, Write(write.Row)),
        TableWriteKind.Replace => new(TableTransactionActionType.UpdateReplace, Write(write.Row), VersionOf(write.Row)),
        TableWriteKind.Upsert => new(TableTransactionActionType.UpsertReplace, Write(write.Row)),
        TableWriteKind.Merge => new(TableTransactionActionType.UpsertMerge, Write(write.Row)),
        TableWriteKind.Delete => new(TableTransactionActionType.Delete, new TableEntity(write.Row.Partition, write.Row.Row), write.Row.Version is { } version ? new ETag(version) : ETag.All),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static ETag VersionOf(TableRow row) =>
        new(row.Version ?? throw new InvalidOperationException("A row that was never read cannot be replaced."));

    private static TableEntity Write(TableRow row)
    {
        var entity = new TableEntity(row.Partition, row.Row);
        foreach (var (name, value) in row.Values)
            entity[name] = value;
        return entity;
    }

    private static TableRow Read(TableEntity entity)
    {
        var row = new TableRow(entity.PartitionKey, entity.RowKey) { Version = entity.ETag.ToString() };
        foreach (var (name, value) in entity)
        {
            if (value is not null && name is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag"))
                row[name] = value is BinaryData bytes ? bytes.ToArray() : value;
        }
        return row;
    }
}
