using ProspectOps.Operations;
using ProspectOps.Platform.Hosting;
using ProspectOps.Tenancy;

namespace ProspectOps.Crm;

/// <summary>Follows the job of an upload, a look a message, and at its end tells whoever is to know. Any step may run twice.</summary>
public sealed class CrmUploadHandler(CrmUploadStore uploads, ICrmValidation validation, CrmCallback callback, DueStore due, ProcessIdentity process, TimeProvider clock)
{
    // Telling reads every result of the job, twice.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(30);

    public async Task HandleAsync(CrmUploadMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!TenantId.TryRecorded(message.TenantId, out var tenant) || await uploads.FindAsync(tenant, message.UploadId, cancellationToken) is not { IsTold: false } upload)
            return; // erased with its tenant, or done
        var now = clock.GetUtcNow();
        if (upload.LeaseUntil > now || await uploads.TryReplaceAsync(tenant, upload with { Owner = process.Name, LeaseUntil = now + Lease }, cancellationToken) is not { } claimed)
            return; // another is at it
        if (claimed.FinishedAt is null)
        {
            var progress = await validation.GoOnAsync(tenant, claimed, cancellationToken);
            var after = claimed with
            {
                Status = progress.Status,
                Total = progress.Total,
                Done = progress.Done,
                ByVerdict = progress.ByVerdict,
                FinishedAt = progress.Next is null ? clock.GetUtcNow() : null,
                Owner = null,
                LeaseUntil = null,
            };
            if (await uploads.TryReplaceAsync(tenant, after, cancellationToken) is not null)
                await uploads.SendAsync(tenant, upload.UploadId, progress.Next ?? TimeSpan.Zero, cancellationToken);
            return;
        }
        await callback.TellAsync(tenant, claimed, cancellationToken);
        await uploads.TryReplaceAsync(tenant, claimed with { IsTold = true, Owner = null, LeaseUntil = null }, cancellationToken);
        await due.RemoveAsync(CrmUploads.Kind, claimed.DueRow, cancellationToken);
    }

    /// <summary>Sends a fresh message for each upload whose own is lost, or lies hidden with a process that died.</summary>
    public async Task SweepAsync(bool othersAreDead, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await due.ForEachAsync(CrmUploads.Kind, othersAreDead ? now + AskAgainAfter : now, item => RemindAsync(item, othersAreDead, now, cancellationToken), cancellationToken);
    }

    private async Task RemindAsync(DueItem item, bool othersAreDead, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var upload = await uploads.FindAsync(item.Tenant, item.Id, cancellationToken);
        // A reminder comes before its upload; one that stays alone for ten minutes was left by a crash.
        if (upload is null && item.At > now - TimeSpan.FromMinutes(10))
            return;
        if (upload is null or { IsTold: true } || upload.DueRow != item.Row)
        {
            await due.RemoveAsync(CrmUploads.Kind, item.Row, cancellationToken);
            return;
        }
        if (upload.LeaseUntil > now && !(othersAreDead && upload.Owner != process.Name))
            return;
        var next = DueStore.RowOf(now + AskAgainAfter, item.Tenant, item.Id);
        await due.AddAsync(CrmUploads.Kind, next, cancellationToken);
        if (await uploads.TryReplaceAsync(item.Tenant, upload with { DueRow = next, Owner = null, LeaseUntil = null }, cancellationToken) is null)
        {
            await due.RemoveAsync(CrmUploads.Kind, next, cancellationToken);
            return;
        }
        await due.RemoveAsync(CrmUploads.Kind, item.Row, cancellationToken);
        await uploads.SendAsync(item.Tenant, item.Id, TimeSpan.Zero, cancellationToken);
    }
}
