namespace ProspectOps.Platform.Storage;

public enum StorageKind
{
    Tables,
    Blobs,
    Queues,
}
