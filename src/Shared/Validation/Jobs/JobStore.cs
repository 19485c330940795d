using System.Runtime.CompilerServices;
using System.Text.Json;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Json;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Validation.Jobs;

/// <summary>Table <c>ValidationJobs</c>: tenant · inverted jobId, so that a tenant's newest comes first.</summary>
public sealed class JobStore(IStorage storage)
{
    private readonly ITable _table = storage.Table("ValidationJobs");

    /// <summary>Adds it; one with that id already there was made by the same request before.</summary>
    /// <returns>Whether it was new.</returns>
    public Task<bool> AddAsync(TenantId tenant, ValidationJob job, CancellationToken cancellationToken) => _table.TryInsertAsync(Write(tenant, job), cancellationToken);

    public async Task<ValidationJob?> FindAsync(TenantId tenant, string jobId, CancellationToken cancellationToken) =>
        IdSource.IsWellFormed(jobId, "job") && await _table.FindAsync(tenant.Value, Base32.Invert(jobId), cancellationToken) is { } row ? Read(row) : null;

    /// <summary>Newest first.</summary>
    public async IAsyncEnumerable<ValidationJob> ListAsync(TenantId tenant, string after, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.RangeAsync(tenant.Value, after.Length == 0 ? "" : Base32.Invert(after) + "!", "~", pageSize, cancellationToken))
            yield return Read(row);
    }

    /// <summary>Changes it, again where somebody else was faster.</summary>
    /// <param name="change">Pure; null leaves it as it is.</param>
    /// <returns>The job as it now stands; null where there is none.</returns>
    public async Task<ValidationJob?> UpdateAsync(TenantId tenant, string jobId, Func<ValidationJob, ValidationJob?> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        while (await FindAsync(tenant, jobId, cancellationToken) is { } job)
        {
            if (change(job) is not { } changed)
                return job;
            if (await _table.TryReplaceAsync(Write(tenant, changed), cancellationToken) is { } version)
                return changed with { Version = version };
        }
        return null;
    }

    private static TableRow Write(TenantId tenant, ValidationJob job) => new(tenant.Value, Base32.Invert(job.JobId))
    {
        ["Job"] = JsonSerializer.Serialize(job, JsonDefaults.Options),
        Version = job.Version,
    };

    private static ValidationJob Read(TableRow row) => JsonSerializer.Deserialize<ValidationJob>(row.Text("Job") ?? "", JsonDefaults.Options)! with { Version = row.Version };
}
