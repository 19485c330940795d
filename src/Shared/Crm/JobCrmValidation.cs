using System.Runtime.CompilerServices;
using ProspectOps.Tenancy;
using ProspectOps.Validation;
using ProspectOps.Validation.Jobs;

namespace ProspectOps.Crm;

/// <summary>Checks an upload as a validation job, whose id ends as the upload's does.</summary>
public sealed class JobCrmValidation(JobService jobs, JobResults results, JobInputStore inputs) : ICrmValidation
{
    // While a job runs it is looked at more seldom the longer it will take.
    private const double ShortestWaitSeconds = 0.5;
    private const double LongestWaitSeconds = 15;

    public async Task<string> TakeInAsync(TenantId tenant, string uploadId, string? fileId, IReadOnlyList<string>? emails, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(uploadId);
        var seed = uploadId[(uploadId.IndexOf('_', StringComparison.Ordinal) + 1)..];
        var source = fileId is not null ? new JobSource(JobSource.Upload, fileId) : await inputs.KeepListAsync(tenant, seed, emails!, cancellationToken);
        return await jobs.StartAsync(tenant, new JobRequest(source), seed, cancellationToken);
    }

    public async Task<CrmProgress> GoOnAsync(TenantId tenant, CrmUpload upload, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upload);
        var job = await jobs.FindAsync(tenant, upload.JobId, cancellationToken) ?? throw new InvalidDataException("An upload's job is gone.");
        var status = job.Status switch
        {
            JobStatus.Queued => CrmUploadStatus.Queued,
            JobStatus.Running => CrmUploadStatus.Running,
            JobStatus.Completed => CrmUploadStatus.Completed,
            _ => CrmUploadStatus.CompletedWithErrors,
        };
        TimeSpan? next = status is CrmUploadStatus.Queued or CrmUploadStatus.Running
            ? TimeSpan.FromSeconds(Math.Clamp((job.EtaSeconds ?? 0) / 2, ShortestWaitSeconds, LongestWaitSeconds))
            : null;
        return new CrmProgress(status, job.Total, job.Done, job.ByVerdict, next);
    }

    public async IAsyncEnumerable<ValidationResult> ResultsAsync(TenantId tenant, CrmUpload upload, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upload);
        var job = await results.RequireOverAsync(tenant, upload.JobId, cancellationToken);
        await foreach (var row in results.ReadAsync(tenant, job, cancellationToken))
        {
            if (row.Result is { } result)
                yield return result;
        }
    }
}
