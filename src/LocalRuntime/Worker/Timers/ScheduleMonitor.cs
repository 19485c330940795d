using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.LocalRuntime.Worker.Timers;

/// <summary>Remembers a schedule's status in the blob <c>timers/{host}/{function}/status</c> of container <c>azure-webjobs-hosts</c>, as the Functions host does.</summary>
internal sealed class ScheduleMonitor(BlobContainerClient container, string hostId, string function)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    private readonly BlobClient _blob = container.GetBlobClient($"timers/{hostId}/{function}/status");

    /// <returns>Null where none was ever written.</returns>
    public async Task<ScheduleStatus?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var content = await _blob.DownloadContentAsync(cancellationToken);
            return content.Value.Content.ToObjectFromJson<ScheduleStatus>(Json);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    public Task WriteAsync(ScheduleStatus status, CancellationToken cancellationToken) =>
        _blob.UploadAsync(BinaryData.FromObjectAsJson(status), overwrite: true, cancellationToken);
}
