namespace ProspectOps.Platform.Storage;

/// <summary>One write of a transaction.</summary>
public readonly record struct TableWrite(TableWriteKind Kind, TableRow Row)
{
    /// <summary>Fails where the row exists.</summary>
    public static TableWrite Insert(TableRow row) => new(TableWriteKind.Insert, row);

    /// <summary>Fails where the row is no longer the version that was read.</summary>
    public static TableWrite Replace(TableRow row) => new(TableWriteKind.Replace, row);

    /// <summary>Whatever stands there is replaced.</summary>
    public static TableWrite Upsert(TableRow row) => new(TableWriteKind.Upsert, row);

    /// <summary>Values are added to what stands there, or make the row.</summary>
    public static TableWrite Merge(TableRow row) => new(TableWriteKind.Merge, row);

    /// <summary>Fails where the row is no longer the version that was read.</summary>
    public static TableWrite Delete(TableRow row) => new(TableWriteKind.Delete, row);

    /// <summary>Fails where the row is missing.</summary>
    public static TableWrite Delete(string partition, string row) => new(TableWriteKind.Delete, new TableRow(partition, row));
}
