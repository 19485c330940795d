using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace ProspectOps.Platform.Storage;

/// <summary><see cref="IBlobs"/> on Azure Blobs.</summary>
public sealed class AzureBlobs(BlobContainerClient container) : IBlobs
{
    private readonly OnceAsync _created = new(token => container.CreateIfNotExistsAsync(cancellationToken: token));

    public async Task WriteAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await _created.DoAsync(cancellationToken);
        await container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(content), overwrite: true, cancellationToken);
    }

    public async Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        await _created.DoAsync(cancellationToken);
        try
        {
            return (await container.GetBlobClient(name).DownloadContentAsync(cancellationToken)).Value.Content.ToArray();
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    public async Task<Stream> OpenWriteAsync(string name, CancellationToken cancellationToken)
    {
        await _created.DoAsync(cancellationToken);
        return await container.GetBlockBlobClient(name).OpenWriteAsync(overwrite: true, cancellationToken: cancellationToken);
    }

    public async Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken)
    {
        await _created.DoAsync(cancellationToken);
        try
        {
            return await container.GetBlobClient(name).OpenReadAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        await _created.DoAsync(cancellationToken);
        await container.DeleteBlobIfExistsAsync(name, cancellationToken: cancellationToken);
    }
}
