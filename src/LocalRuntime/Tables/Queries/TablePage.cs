using System.Text.Json;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

/// <summary>Reads a page of the list of tables.</summary>
internal static class TablePage
{
    private const string NextTableHeader = "x-ms-continuation-NextTableName";

    public static Page<TableItem> Read(Response response)
    {
        using var document = JsonDocument.Parse(response.Content.ToMemory());
        var items = document.RootElement.GetProperty("value").EnumerateArray()
            .Select(table => new TableItem(table.GetProperty("TableName").GetString()!))
            .ToList();
        response.Headers.TryGetValue(NextTableHeader, out var next);
        return Page<TableItem>.FromValues(items, next, response);
    }
}
