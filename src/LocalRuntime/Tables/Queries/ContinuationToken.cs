namespace Azure.Data.Tables;

/// <summary>Where the next page of entities begins, as one opaque text: the service's two headers with a space between.</summary>
internal static class ContinuationToken
{
    private const string PartitionKeyHeader = "x-ms-continuation-NextPartitionKey";
    private const string RowKeyHeader = "x-ms-continuation-NextRowKey";

    /// <summary>The token after <paramref name="response"/>; null after the last page.</summary>
    public static string? After(Response response)
    {
        response.Headers.TryGetValue(PartitionKeyHeader, out var partitionKey);
        response.Headers.TryGetValue(RowKeyHeader, out var rowKey);
        return partitionKey is null && rowKey is null ? null : $"{partitionKey} {rowKey}";
    }

    public static (string? PartitionKey, string? RowKey) Parse(string? token)
    {
        if (token is null or { Length: <= 1 })
            return (null, null);
        var space = token.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0)
            return (token, null);
        return (token[..space], space + 1 < token.Length ? token[(space + 1)..] : null);
    }
}
