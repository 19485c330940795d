using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Crm;

/// <summary>Table <c>CrmUploads</c>: tenant · uploadId. Queue <c>crm-uploads</c>: which of them have more to do.</summary>
public sealed class CrmUploadStore(IStorage storage)
{
    private readonly ITable _table = storage.Table("CrmUploads");
    private readonly IQueue<CrmUploadMessage> _queue = storage.Queue<CrmUploadMessage>(CrmUploadMessage.Queue);

    /// <summary>False where it is there.</summary>
    public Task<bool> TryAddAsync(TenantId tenant, CrmUpload upload, CancellationToken cancellationToken) => _table.TryInsertAsync(Write(tenant, upload), cancellationToken);

    public async Task<CrmUpload?> FindAsync(TenantId tenant, string uploadId, CancellationToken cancellationToken) =>
        await _table.FindAsync(tenant.Value, uploadId, cancellationToken) is { } row ? PackedJson.Unpack<CrmUpload>(row.Bytes("Upload")!) with { Version = row.Version } : null;

    /// <summary>The upload with its new version, or null where somebody else changed it meanwhile.</summary>
    public async Task<CrmUpload?> TryReplaceAsync(TenantId tenant, CrmUpload upload, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upload);
        return await _table.TryReplaceAsync(Write(tenant, upload), cancellationToken) is { } version ? upload with { Version = version } : null;
    }

    public Task SendAsync(TenantId tenant, string uploadId, TimeSpan delay, CancellationToken cancellationToken) =>
        _queue.SendAsync(new CrmUploadMessage(CrmUploadMessage.CurrentVersion, tenant.Value, uploadId), delay, cancellationToken);

    private static TableRow Write(TenantId tenant, CrmUpload upload) => new(tenant.Value, upload.UploadId) { ["Upload"] = PackedJson.Pack(upload with { Version = null }), Version = upload.Version };
}
