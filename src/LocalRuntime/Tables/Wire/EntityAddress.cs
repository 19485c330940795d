namespace Azure.Data.Tables;

/// <summary>How an entity is named in a URL.</summary>
internal static class EntityAddress
{
    /// <summary><c>(PartitionKey='a''b',RowKey='…')</c>: quotes doubled, then everything but letters, digits and <c>-_.~</c> percent-encoded.</summary>
    /// <exception cref="RequestFailedException">A key is too long or holds a forbidden character.</exception>
    public static string Of(string partitionKey, string rowKey)
    {
        TableLimits.CheckKey(partitionKey, "PartitionKey");
        TableLimits.CheckKey(rowKey, "RowKey");
        return $"(PartitionKey='{Escape(partitionKey)}',RowKey='{Escape(rowKey)}')";
    }

    private static string Escape(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));
}
