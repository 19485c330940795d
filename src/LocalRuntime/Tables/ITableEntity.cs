namespace Azure.Data.Tables;

/// <summary>A row of a table.</summary>
public interface ITableEntity
{
    /// <summary>At most 512 UTF-16 units (1 KiB); not <c>/ \ # ?</c> nor a control character.</summary>
    string PartitionKey { get; set; }

    /// <summary>As <see cref="PartitionKey"/>; unique in its partition, and what rows are ordered by, ordinally.</summary>
    string RowKey { get; set; }

    /// <summary>UTC time of the last write, set by the service; ignored on write.</summary>
    DateTimeOffset? Timestamp { get; set; }

    /// <summary>The version that was read. A write does not refresh it: take it from the response's headers.</summary>
    ETag ETag { get; set; }
}
