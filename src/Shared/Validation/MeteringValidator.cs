using ProspectOps.Tenancy.Usage;

namespace ProspectOps.Validation;

/// <summary>Counts in the tenant's usage what the validator behind it answered. Jobs count for themselves, once a chunk's results are kept.</summary>
public sealed class MeteringValidator(IEmailValidator inner, UsageMeter usage) : IEmailValidator
{
    private const string Operation = "validation";

    public async Task<EmailBatch> CheckManyAsync(IReadOnlyList<string> emails, ValidationSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var batch = await inner.CheckManyAsync(emails, settings, cancellationToken);
        if (settings.Tenant is { } tenant)
            usage.Count(tenant, settings.KeyId, Operation, new UsageCounts(Validations: batch.Checked.Count, CacheHits: batch.CacheHits));
        return batch;
    }
}
