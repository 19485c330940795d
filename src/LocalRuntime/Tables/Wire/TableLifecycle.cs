using System.Text.Json;
using Azure.Core;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

/// <summary>Creates and deletes tables, for both clients.</summary>
internal static class TableLifecycle
{
    /// <param name="connection">Where.</param>
    /// <param name="name">The table.</param>
    /// <param name="orKeep">Whether a table that is there already will do.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public static async Task<Response<TableItem>> CreateAsync(
        TableConnection connection, string name, bool orKeep, CancellationToken cancellationToken)
    {
        TableLimits.CheckTableName(name);
        var content = new PooledContent(256);
        using (var json = new Utf8JsonWriter(content))
        {
            json.WriteStartObject();
            json.WriteString("TableName", name);
            json.WriteEndObject();
        }
        using var message = connection.Message(RequestMethod.Post, connection.Endpoint, "/Tables", content);
        message.Request.Headers.SetValue("Prefer", "return-no-content");
        if (orKeep)
            message.ResponseClassifier = Tolerance.OfConflict;
        var response = await connection.SendAsync(message, cancellationToken);
        // TableBeingDeleted is a 409 too, and no table to go on with.
        if (response.Status == 409)
        {
            var conflict = new RequestFailedException(response);
            if (conflict.ErrorCode != TableErrorCode.TableAlreadyExists)
                throw conflict;
        }
        return Response.FromValue(new TableItem(name), response);
    }

    public static async Task<Response> DeleteAsync(TableConnection connection, string name, CancellationToken cancellationToken)
    {
        TableLimits.CheckTableName(name);
        using var message = connection.Message(RequestMethod.Delete, connection.Endpoint, $"/Tables('{name}')");
        message.ResponseClassifier = Tolerance.OfMissing;
        return await connection.SendAsync(message, cancellationToken);
    }
}
