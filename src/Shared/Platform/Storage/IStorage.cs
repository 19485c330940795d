namespace ProspectOps.Platform.Storage;

/// <summary>Where stores get their tables, containers and queues from, by name. Each is made on its first use.</summary>
public interface IStorage
{
    ITable Table(string name);

    IBlobs Blobs(string container);

    IQueue<T> Queue<T>(string name);

    /// <summary>Milliseconds of one small call to each of tables, blobs and queues.</summary>
    /// <exception cref="Exception">What the store answered; the caller reports it.</exception>
    Task PingAsync(StorageKind kind, CancellationToken cancellationToken);
}
