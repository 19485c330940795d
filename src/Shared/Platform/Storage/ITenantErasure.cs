namespace ProspectOps.Platform.Storage;

/// <summary>The one way to all rows and blobs of a tenant, whatever table or container they are in: to count them, and to erase them.</summary>
/// <remarks>Rows are a tenant's where their partition is its name or begins with that and <c>|</c>; blobs, where their name begins with it and <c>/</c>.</remarks>
public interface ITenantErasure
{
    Task<IReadOnlyList<string>> TablesAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<string>> ContainersAsync(CancellationToken cancellationToken);

    Task<long> CountRowsAsync(string table, string tenant, CancellationToken cancellationToken);

    Task<long> CountBlobsAsync(string container, string tenant, CancellationToken cancellationToken);

    /// <returns>Whether there may be more: it stops after some thousand.</returns>
    Task<bool> EraseRowsAsync(string table, string tenant, CancellationToken cancellationToken);

    /// <inheritdoc cref="EraseRowsAsync"/>
    Task<bool> EraseBlobsAsync(string container, string tenant, CancellationToken cancellationToken);
}
