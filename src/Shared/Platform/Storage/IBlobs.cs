namespace ProspectOps.Platform.Storage;

/// <summary>One container. Names hold <c>/</c> between their parts and begin with the tenant.</summary>
public interface IBlobs
{
    /// <summary>Whatever stands there is replaced.</summary>
    Task WriteAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Null where there is none.</summary>
    Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>A stream that is there, whole, once it is disposed of without an error.</summary>
    Task<Stream> OpenWriteAsync(string name, CancellationToken cancellationToken);

    /// <summary>Null where there is none; read as it comes, not held in memory.</summary>
    Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>A missing blob is no error.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);
}
