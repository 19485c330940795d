namespace ProspectOps.Platform.Storage;

public enum TableWriteKind
{
    Insert,
    Replace,
    Upsert,
    Merge,
    Delete,
}
