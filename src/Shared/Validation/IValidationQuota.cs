using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy;

namespace ProspectOps.Validation;

/// <summary>What checks are paid from.</summary>
public interface IValidationQuota
{
    /// <summary>Takes so many checks from the quotas of the tenant and the key.</summary>
    /// <returns>What gives them back, where nothing came of it.</returns>
    /// <exception cref="DomainException"><c>quota_exceeded</c>: none was taken.</exception>
    ValueTask<Func<ValueTask>> TakeAsync(TenantId tenant, string? keyId, int checks, CancellationToken cancellationToken);
}
