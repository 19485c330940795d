using Azure.Core;

namespace Azure.Data.Tables;

public partial class TableClient
{
    /// <summary>Inserts a row.</summary>
    /// <exception cref="RequestFailedException">409 EntityAlreadyExists; 404 TableNotFound.</exception>
    public virtual async Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default) where T : ITableEntity
    {
        CheckEntity(entity);
        var content = Serialize(entity);
        using var message = _connection.Message(RequestMethod.Post, _table, "", content);
        message.Request.Headers.SetValue("Prefer", "return-no-content");
        return await _connection.SendAsync(message, cancellationToken);
    }

    /// <summary>Inserts a row, or merges into or replaces the one that is there, whatever its version.</summary>
    public virtual Task<Response> UpsertEntityAsync<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) where T : ITableEntity
    {
        CheckEntity(entity);
        return WriteAsync(entity, null, mode, cancellationToken);
    }

    /// <summary>Merges into or replaces a row that has the version <paramref name="ifMatch"/>, or any version with <see cref="ETag.All"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="ifMatch"/> is the default.</exception>
    /// <exception cref="RequestFailedException">404 ResourceNotFound; 412 UpdateConditionNotSatisfied.</exception>
    public virtual Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) where T : ITableEntity
    {
        CheckEntity(entity);
        if (ifMatch == default)
            throw new ArgumentException("An update needs a version; ETag.All stands for any.", nameof(ifMatch));
        return WriteAsync(entity, ifMatch.ToString(), mode, cancellationToken);
    }

    /// <summary>Deletes a row. Where there is none, the service's 404 is returned, not thrown.</summary>
    /// <param name="partitionKey">The row's partition.</param>
    /// <param name="rowKey">The row in it.</param>
    /// <param name="ifMatch">The version it must have; the default stands for any.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="RequestFailedException">412 UpdateConditionNotSatisfied.</exception>
    public virtual async Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        using var message = Message(RequestMethod.Delete, partitionKey, rowKey);
        message.Request.Headers.SetValue("If-Match", ifMatch == default ? "*" : ifMatch.ToString());
        message.ResponseClassifier = Tolerance.OfMissing;
        return await _connection.SendAsync(message, cancellationToken);
    }

    /// <summary>Deletes a row by its keys; the version that <paramref name="entity"/> was read with is not looked at.</summary>
    /// <inheritdoc cref="DeleteEntityAsync(string, string, ETag, CancellationToken)"/>
    public virtual Task<Response> DeleteEntityAsync(ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return DeleteEntityAsync(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);
    }

    /// <summary>Reads a row.</summary>
    /// <param name="partitionKey">The row's partition.</param>
    /// <param name="rowKey">The row in it.</param>
    /// <param name="select">Which properties to read, keys and timestamp included; null for all.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="RequestFailedException">404 ResourceNotFound or TableNotFound.</exception>
    public virtual async Task<Response<T>> GetEntityAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        using var message = Message(RequestMethod.Get, partitionKey, rowKey);
        AppendSelect(message, select);
        var response = await _connection.SendAsync(message, cancellationToken);
        return Response.FromValue(EntityReader<T>.One(response.Content.ToMemory().Span), response);
    }

    /// <summary>Reads a row that may be missing: 404 is no error, and the answer has no value.</summary>
    /// <inheritdoc cref="GetEntityAsync{T}"/>
    public virtual async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        using var message = Message(RequestMethod.Get, partitionKey, rowKey);
        AppendSelect(message, select);
        message.ResponseClassifier = Tolerance.OfMissing;
        var response = await _connection.SendAsync(message, cancellationToken);
        return response.Status == 404
            ? new NoEntity<T>(response)
            : Response.FromValue(EntityReader<T>.One(response.Content.ToMemory().Span), response);
    }

    /// <summary>Reads the rows that satisfy a filter, in the order of partition key and row key.</summary>
    /// <param name="filter">An OData filter (<see cref="CreateQueryFilter"/>); null for all rows of the table.</param>
    /// <param name="maxPerPage">Rows a page, up to 1,000; not a total. A page may be empty and not be the last.</param>
    /// <param name="select">Which properties to read, keys and timestamp included; null for all.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public virtual AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        TableLimits.CheckTableName(_name);
        var properties = select is null ? null : string.Join(',', select);
        return new PagedQuery<T>(FetchAsync, maxPerPage, cancellationToken);

        async Task<Page<T>> FetchAsync(string? token, int? pageSize, CancellationToken cancellation)
        {
            TableLimits.CheckPageSize(pageSize);
            using var message = _connection.Message(RequestMethod.Get, _table, "()");
            var (partitionKey, rowKey) = ContinuationToken.Parse(token);
            message.Request.AppendQuery("$filter", filter);
            message.Request.AppendQuery("$top", pageSize);
            message.Request.AppendQuery("$select", properties);
            message.Request.AppendQuery("NextPartitionKey", partitionKey);
            message.Request.AppendQuery("NextRowKey", rowKey);
            var response = await _connection.SendAsync(message, cancellation);
            var rows = EntityReader<T>.Page(response.Content.ToMemory().Span);
            return Page<T>.FromValues(rows, ContinuationToken.After(response), response);
        }
    }

    private async Task<Response> WriteAsync(ITableEntity entity, string? ifMatch, TableUpdateMode mode, CancellationToken cancellationToken)
    {
        var method = mode switch
        {
            TableUpdateMode.Merge => RequestMethod.Patch,
            TableUpdateMode.Replace => RequestMethod.Put,
            _ => throw new ArgumentException($"There is no mode {mode}.", nameof(mode)),
        };
        var address = EntityAddress.Of(entity.PartitionKey, entity.RowKey);
        var content = Serialize(entity);
        using var message = _connection.Message(method, _table, address, content);
        if (ifMatch is not null)
            message.Request.Headers.SetValue("If-Match", ifMatch);
        return await _connection.SendAsync(message, cancellationToken);
    }

    private HttpMessage Message(RequestMethod method, string partitionKey, string rowKey)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        TableLimits.CheckTableName(_name);
        return _connection.Message(method, _table, EntityAddress.Of(partitionKey, rowKey));
    }

    private void CheckEntity<T>(T entity) where T : ITableEntity
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(entity.PartitionKey, nameof(entity.PartitionKey));
        ArgumentNullException.ThrowIfNull(entity.RowKey, nameof(entity.RowKey));
        TableLimits.CheckTableName(_name);
    }

    private static void AppendSelect(HttpMessage message, IEnumerable<string>? select)
    {
        if (select is not null)
            message.Request.AppendQuery("$select", string.Join(',', select));
    }

    private static PooledContent Serialize(ITableEntity entity)
    {
        var content = new PooledContent(2048);
        try
        {
            using var writer = new EntityWriter(content);
            writer.Write(entity);
            return content;
        }
        catch
        {
            content.Return();
            throw;
        }
    }
}
