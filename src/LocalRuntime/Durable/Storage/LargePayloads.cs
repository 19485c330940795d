using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ProspectOps.LocalRuntime.Durable.Storage;

/// <summary>Payloads too large for a column, in the container <c>{hub}-largemessages</c>.</summary>
/// <remarks>Named by content under instance and execution, so that writing one again changes nothing; written before the row that refers to it.</remarks>
internal sealed class LargePayloads(BlobContainerClient container)
{
    public static bool IsLarge(string? payload) => payload is { Length: > InstanceRows.ColumnChars };

    public Task PrepareAsync(CancellationToken cancellationToken) => container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    /// <returns>The blob's name; <see langword="null"/> if the payload fits a column.</returns>
    public async Task<string?> WriteAsync(string partition, int ordinal, string? payload, CancellationToken cancellationToken)
    {
        if (!IsLarge(payload))
            return null;
        var bytes = Encoding.UTF8.GetBytes(payload!);
        var name = $"{Folder(partition)}{ordinal:D8}/{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
        await container.GetBlobClient(name).UploadAsync(new BinaryData(bytes), overwrite: true, cancellationToken);
        return name;
    }

    /// <param name="name">The blob's.</param>
    /// <param name="mayBeGone">Whether a purge may have removed it, and then been cut short.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<string?> ReadAsync(string name, bool mayBeGone, CancellationToken cancellationToken)
    {
        try
        {
            var download = await container.GetBlobClient(name).DownloadContentAsync(cancellationToken);
            return download.Value.Content.ToString();
        }
        catch (RequestFailedException exception) when (mayBeGone && exception.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Removes the payloads of the executions before one; of all if none is given.</summary>
    public async Task RemoveAsync(string partition, int? before, CancellationToken cancellationToken)
    {
        var folder = Folder(partition);
        var end = before is { } ordinal ? $"{folder}{ordinal:D8}/" : null;
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, folder, cancellationToken))
        {
            if (end is null || string.CompareOrdinal(blob.Name, end) < 0)
                await container.DeleteBlobIfExistsAsync(blob.Name, DeleteSnapshotsOption.None, (BlobRequestConditions?)null, cancellationToken);
        }
    }

    // A blob's name has its own rules; the hash of the id knows none.
    private static string Folder(string partition) => $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(partition)).AsSpan(0, 16))}/";
}
