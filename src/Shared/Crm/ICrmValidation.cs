using ProspectOps.Tenancy;
using ProspectOps.Validation;

namespace ProspectOps.Crm;

/// <summary>Checks the addresses of uploads.</summary>
public interface ICrmValidation
{
    /// <summary>Takes the addresses in, before the upload is written down; the same upload twice is one.</summary>
    /// <param name="fileId">The file that holds them; null where <paramref name="emails"/> does.</param>
    /// <returns>The job that checks them.</returns>
    Task<string> TakeInAsync(TenantId tenant, string uploadId, string? fileId, IReadOnlyList<string>? emails, CancellationToken cancellationToken);

    /// <summary>Looks how far it is.</summary>
    Task<CrmProgress> GoOnAsync(TenantId tenant, CrmUpload upload, CancellationToken cancellationToken);

    /// <summary>Every address that has a verdict, in the order given.</summary>
    IAsyncEnumerable<ValidationResult> ResultsAsync(TenantId tenant, CrmUpload upload, CancellationToken cancellationToken);
}
