using Azure.Core;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

/// <summary>A client of an account's Table service. Safe for concurrent use; its table clients share its connections.</summary>
public class TableServiceClient
{
    private readonly TableConnection _connection = null!;

    /// <param name="connectionString">Of the storage account; <c>UseDevelopmentStorage=true</c> for the emulator on its default port.</param>
    public TableServiceClient(string connectionString) : this(connectionString, null)
    {
    }

    /// <param name="connectionString">Of the storage account.</param>
    /// <param name="options">Transport, retries, diagnostics.</param>
    public TableServiceClient(string connectionString, TableClientOptions? options = null) =>
        _connection = TableConnection.Of(connectionString, options);

    /// <param name="endpoint">The account's Table service, over https.</param>
    /// <param name="tokenCredential">Whom to act as.</param>
    /// <param name="options">Transport, retries, diagnostics.</param>
    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions? options = null) =>
        _connection = TableConnection.Of(endpoint, tokenCredential, options);

    /// <param name="endpoint">The account's Table service.</param>
    /// <param name="credential">The account's name and key.</param>
    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential) : this(endpoint, credential, null!)
    {
    }

    /// <param name="endpoint">The account's Table service.</param>
    /// <param name="credential">The account's name and key.</param>
    /// <param name="options">Transport, retries, diagnostics.</param>
    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions options) =>
        _connection = TableConnection.Of(endpoint, credential, options);

    /// <summary>For test doubles.</summary>
    protected TableServiceClient()
    {
    }

    /// <summary>The storage account's name.</summary>
    public virtual string AccountName => _connection.AccountName;

    /// <summary>The account's endpoint.</summary>
    public virtual Uri Uri => _connection.Endpoint;

    /// <summary>A client of one table, which need not exist yet. No request is made.</summary>
    public virtual TableClient GetTableClient(string tableName) => new(_connection, tableName);

    /// <summary>Creates a table, or leaves the one that is there.</summary>
    /// <exception cref="RequestFailedException">400 InvalidResourceName; 409 TableBeingDeleted.</exception>
    public virtual Task<Response<TableItem>> CreateTableIfNotExistsAsync(string tableName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        return TableLifecycle.CreateAsync(_connection, tableName, orKeep: true, cancellationToken);
    }

    /// <summary>Deletes a table with all rows. Where there is none, the service's 404 is returned, not thrown.</summary>
    public virtual Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        return TableLifecycle.DeleteAsync(_connection, tableName, cancellationToken);
    }

    /// <summary>Lists the tables that satisfy a filter on <c>TableName</c>, by name.</summary>
    /// <param name="filter">An OData filter; null for all tables.</param>
    /// <param name="maxPerPage">Tables a page, up to 1,000; not a total.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public virtual AsyncPageable<TableItem> QueryAsync(string? filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default)
    {
        return new PagedQuery<TableItem>(FetchAsync, maxPerPage, cancellationToken);

        async Task<Page<TableItem>> FetchAsync(string? token, int? pageSize, CancellationToken cancellation)
        {
            TableLimits.CheckPageSize(pageSize);
            using var message = _connection.Message(RequestMethod.Get, _connection.Endpoint, "/Tables");
            message.Request.AppendQuery("$filter", filter);
            message.Request.AppendQuery("$top", pageSize);
            message.Request.AppendQuery("NextTableName", token);
            return TablePage.Read(await _connection.SendAsync(message, cancellation));
        }
    }
}
