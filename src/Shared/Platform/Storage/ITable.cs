namespace ProspectOps.Platform.Storage;

/// <summary>One table: points, ranges of one partition, and transactions of one partition. There is no other way in, so that no scan is written by accident.</summary>
public interface ITable
{
    Task<TableRow?> FindAsync(string partition, string row, CancellationToken cancellationToken);

    /// <summary>Rows from <paramref name="from"/> up to but without <paramref name="to"/>, in ordinal order, fetched page by page as they are read.</summary>
    /// <param name="pageSize">Rows a round trip, 1 to 1,000; what the caller expects to take.</param>
    IAsyncEnumerable<TableRow> RangeAsync(string partition, string from, string to, int pageSize, CancellationToken cancellationToken);

    /// <summary>False where the row exists.</summary>
    Task<bool> TryInsertAsync(TableRow row, CancellationToken cancellationToken);

    /// <summary>The new version, or null where the row changed since it was read or is gone.</summary>
    Task<string?> TryReplaceAsync(TableRow row, CancellationToken cancellationToken);

    Task UpsertAsync(TableRow row, CancellationToken cancellationToken);

    /// <summary>A missing row is no error.</summary>
    Task DeleteAsync(string partition, string row, CancellationToken cancellationToken);

    /// <summary>1 to 100 writes of one partition, each row once: all or nothing.</summary>
    /// <remarks>A lost answer is asked again, so a transaction that worked may report its own first insert as in the way.</remarks>
    Task<TransactionResult> TransactAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken);
}
