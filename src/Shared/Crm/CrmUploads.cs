using ProspectOps.Operations;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Ids;
using ProspectOps.Tenancy;
using ProspectOps.Validation;
using ProspectOps.Webhooks;

namespace ProspectOps.Crm;

/// <summary>Takes uploads of a CRM, and shows how far they are.</summary>
public sealed class CrmUploads(CrmUploadStore uploads, CrmConfigs configs, ICrmValidation validation, PrivateNetworkGuard guard, DueStore due, TimeProvider clock)
{
    public const string Kind = "crm-uploads";

    private const int MostEmails = 10_000;
    private const int MostEmailCharacters = 1_000;

    /// <summary>What the request itself is given to send its message.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    public static string StatusUrlOf(string uploadId) => $"/api/crm/uploads/{uploadId}";

    /// <param name="keyId">The key that signed the request, and will sign the result; null for the one in use.</param>
    /// <param name="seed">The upload's id derives from it: the same twice is one upload.</param>
    /// <exception cref="DomainException"><c>validation_failed</c>, <c>url_invalid</c>, <c>url_not_allowed</c>, and what a validation job refuses of a file.</exception>
    public async Task<StartedCrmUpload> StartAsync(
        TenantId tenant, IReadOnlyList<string>? emails, string? fileId, string? callbackUrl, string? keyId, string seed, CancellationToken cancellationToken)
    {
        var url = Check(emails, fileId, callbackUrl);
        var uploadId = $"crm_{seed}";
        if (await uploads.FindAsync(tenant, uploadId, cancellationToken) is null)
        {
            await guard.RequireAllowedAsync(url, cancellationToken);
            keyId ??= await configs.KeyInUseAsync(tenant, cancellationToken);
            var jobId = await validation.TakeInAsync(tenant, uploadId, fileId, emails, cancellationToken);
            var now = clock.GetUtcNow();
            // The reminder comes first: what is written down is done, though we die before the next line.
            var dueRow = DueStore.RowOf(now + Grace, tenant, uploadId);
            await due.AddAsync(Kind, dueRow, cancellationToken);
            var upload = new CrmUpload { UploadId = uploadId, FileId = fileId, CallbackUrl = url, KeyId = keyId, JobId = jobId, CreatedAt = now, DueRow = dueRow };
            if (await uploads.TryAddAsync(tenant, upload, cancellationToken))
                await uploads.SendAsync(tenant, uploadId, TimeSpan.Zero, cancellationToken);
        }
        return new StartedCrmUpload(uploadId, StatusUrlOf(uploadId));
    }

    /// <exception cref="DomainException"><c>crm_upload_not_found</c>.</exception>
    public async Task<CrmUploadView> GetAsync(TenantId tenant, string uploadId, CancellationToken cancellationToken)
    {
        var upload = (IdSource.IsWellFormed(uploadId, "crm") ? await uploads.FindAsync(tenant, uploadId, cancellationToken) : null) ?? throw new DomainException(CrmErrors.UploadNotFound);
        var byVerdict = Enum.GetValues<Verdict>().Select(verdict => verdict.ToString().ToLowerInvariant()).ToDictionary(name => name, name => upload.ByVerdict.GetValueOrDefault(name));
        return new CrmUploadView(
            upload.UploadId, upload.Status, upload.JobId, upload.Total, upload.Done, byVerdict, upload.CallbackUrl, CrmCallback.EndpointIdOf(tenant, upload), upload.CreatedAt, upload.FinishedAt);
    }

    private static Uri Check(IReadOnlyList<string>? emails, string? fileId, string? callbackUrl)
    {
        var errors = new FieldErrors();
        errors.Require(emails is null != fileId is null, "emails", "give either emails or uploadId");
        errors.Require(emails is null or { Count: >= 1 and <= MostEmails }, "emails", $"must be 1 to {MostEmails}; upload a file for more");
        foreach (var (index, email) in (emails ?? []).Take(MostEmails).Index().Where(item => item.Item is null or { Length: > MostEmailCharacters }).Take(20))
            errors.Add($"emails[{index}]", email is null ? "is null" : $"is longer than {MostEmailCharacters} characters");
        errors.Require(callbackUrl is { Length: > 0 and <= 2000 }, "callbackUrl", "must be the URL that the result is posted to");
        errors.ThrowIfAny();
        return Uri.TryCreate(callbackUrl, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https", UserInfo: "", Fragment: "", IdnHost.Length: > 0 and <= 253 }
            ? url
            : throw new DomainException(WebhookErrors.UrlInvalid with { Errors = new Dictionary<string, string[]> { ["callbackUrl"] = ["must be an absolute http or https URL"] } });
    }
}
