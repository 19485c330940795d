using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Quotas;

namespace ProspectOps.Validation;

/// <summary>The quotas <c>validation.daily</c> and <c>validation.monthly</c>.</summary>
internal sealed class TenantQuota(QuotaService quotas) : IValidationQuota
{
    public async ValueTask<Func<ValueTask>> TakeAsync(TenantId tenant, string? keyId, int checks, CancellationToken cancellationToken)
    {
        var reservation = await quotas.ReserveAsync(new QuotaSubject(tenant, keyId), QuotaMetric.Validation, checks, cancellationToken);
        return () => quotas.SettleAsync(reservation, 0, CancellationToken.None);
    }
}
