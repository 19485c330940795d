namespace ProspectOps.Platform.Storage;

/// <summary>Deletes rows that were read before, where they are as they were.</summary>
public static class Purging
{
    private const int MostWrites = 100;

    /// <summary>Deletes rows of one partition, up to 100 a call; one that is gone is no error.</summary>
    /// <param name="writes">Deletes; each row once.</param>
    /// <returns>Row keys of those that changed since they were read, and stay.</returns>
    public static async Task<IReadOnlyList<string>> DeleteAsync(this ITable table, IEnumerable<TableWrite> writes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        var refused = new List<TableWrite>();
        foreach (var some in writes.Chunk(MostWrites))
        {
            var left = some.ToList();
            while (left.Count > 0)
            {
                var result = await table.TransactAsync(left, cancellationToken);
                if (result.Committed)
                    break;
                refused.Add(left[result.FailedIndex]);
                left.RemoveAt(result.FailedIndex);
            }
        }
        var changed = new List<string>();
        foreach (var write in refused)
        {
            if (await table.FindAsync(write.Row.Partition, write.Row.Row, cancellationToken) is not null)
                changed.Add(write.Row.Row);
        }
        return changed;
    }
}
