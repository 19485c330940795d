using System.Net;
using Azure.Core;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

/// <summary>A client of one table. Safe for concurrent use; keep one for long.</summary>
/// <remarks>
/// Every method throws <see cref="RequestFailedException"/> with the service's status and code (<see cref="TableErrorCode"/>); what
/// breaks a limit of the service is refused in the same way before it is sent. 408, 429, 5xx and broken connections are tried
/// again, three times by default, so that an Add may answer 409 to its own first attempt.
/// </remarks>
public partial class TableClient
{
    private readonly TableConnection _connection = null!;
    private readonly Uri _table = null!;
    private readonly string _name = null!;

    /// <param name="connectionString">Of the storage account; <c>UseDevelopmentStorage=true</c> for the emulator on its default port.</param>
    /// <param name="tableName">A letter, then 2 to 62 letters or digits; case does not count.</param>
    public TableClient(string connectionString, string tableName) : this(connectionString, tableName, null)
    {
    }

    /// <inheritdoc cref="TableClient(string, string)"/>
    /// <param name="connectionString">Of the storage account.</param>
    /// <param name="tableName">The table.</param>
    /// <param name="options">Transport, retries, diagnostics.</param>
    public TableClient(string connectionString, string tableName, TableClientOptions? options = null)
        : this(TableConnection.Of(connectionString, options), tableName)
    {
    }

    /// <param name="endpoint">The account's Table service, over https.</param>
    /// <param name="tableName">The table.</param>
    /// <param name="tokenCredential">Whom to act as.</param>
    /// <param name="options">Transport, retries, diagnostics.</param>
    public TableClient(Uri endpoint, string tableName, TokenCredential tokenCredential, TableClientOptions? options = null)
        : this(TableConnection.Of(endpoint, tokenCredential, options), tableName)
    {
    }

    /// <param name="endpoint">The account's Table service.</param>
    /// <param name="tableName">The table.</param>
    /// <param name="credential">The account's name and key.</param>
    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential) : this(endpoint, tableName, credential, null)
    {
    }

    /// <param name="endpoint">The account's Table service.</param>
    /// <param name="tableName">The table.</param>
    /// <param name="credential">The account's name and key.</param>
    /// <param name="options">Transport, retries, diagnostics.</param>
    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential, TableClientOptions? options = null)
        : this(TableConnection.Of(endpoint, credential, options), tableName)
    {
    }

    /// <summary>For test doubles.</summary>
    protected TableClient()
    {
    }

    internal TableClient(TableConnection connection, string tableName)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        _connection = connection;
        _name = tableName;
        _table = new Uri($"{connection.Endpoint.AbsoluteUri.TrimEnd('/')}/{Uri.EscapeDataString(tableName)}");
    }

    /// <summary>The table's name.</summary>
    public virtual string Name => _name;

    /// <summary>The storage account's name.</summary>
    public virtual string AccountName => _connection.AccountName;

    /// <summary>The table's address.</summary>
    public virtual Uri Uri => _table;

    /// <summary>Creates the table.</summary>
    /// <exception cref="RequestFailedException">409 TableAlreadyExists; 409 TableBeingDeleted.</exception>
    public virtual Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default) =>
        TableLifecycle.CreateAsync(_connection, _name, orKeep: false, cancellationToken);

    /// <summary>Creates the table, or leaves the one that is there.</summary>
    /// <exception cref="RequestFailedException">409 TableBeingDeleted.</exception>
    public virtual Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) =>
        TableLifecycle.CreateAsync(_connection, _name, orKeep: true, cancellationToken);

    /// <summary>Deletes the table with all rows. Where there is none, the service's 404 is returned, not thrown.</summary>
    public virtual Task<Response> DeleteAsync(CancellationToken cancellationToken = default) =>
        TableLifecycle.DeleteAsync(_connection, _name, cancellationToken);

    /// <summary>Does all actions or none, in one round trip: 1 to 100 rows of one partition, each once, together up to 4 MiB.</summary>
    /// <returns>202, with one response per action in their order; each has the row's new version in its headers.</returns>
    /// <exception cref="TableTransactionFailedException">An action was refused; the exception says which.</exception>
    /// <exception cref="InvalidOperationException">There is no action.</exception>
    public virtual async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transactionActions);
        TableLimits.CheckTableName(_name);
        var (content, contentType, count) = TransactionWriter.Write(_table, transactionActions);
        using var message = _connection.Message(RequestMethod.Post, _connection.Endpoint, "/$batch");
        message.Request.Headers.SetValue("Content-Type", contentType);
        message.Request.Content = content;
        var response = await _connection.SendAsync(message, cancellationToken);

        var parts = TransactionReader.Read(response.Content.ToMemory(), count, response.ClientRequestId);
        if (parts.Find(part => part.IsError) is { } refusal)
            throw new TableTransactionFailedException(new RequestFailedException(refusal, null, ServiceErrorParser.Instance));
        return parts.Count == count
            ? Response.FromValue<IReadOnlyList<Response>>(parts, response)
            : throw new RequestFailedException((int)HttpStatusCode.BadGateway, $"The transaction's answer has {parts.Count} parts; {count} were due.");
    }

    /// <summary>A filter from an interpolated string: values become literals, quoted and escaped.</summary>
    /// <exception cref="ArgumentException">A value has a type that filters have no literal for.</exception>
    public static string CreateQueryFilter(FormattableString filter) => QueryFilter.Create(filter);
}
