using ProspectOps.Tenancy;
using ProspectOps.Validation.Smtp;

namespace ProspectOps.Validation;

/// <summary>How one call wants its addresses checked.</summary>
/// <param name="SmtpProbe">Whether the mail server may be asked.</param>
/// <param name="Rules">The tenant's rules; the first that matches wins.</param>
public sealed record ValidationSettings(bool SmtpProbe, IReadOnlyList<ValidationRule> Rules)
{
    public static ValidationSettings Default { get; } = new(false, []);

    /// <summary>Whose cache this is; null for none.</summary>
    public TenantId? Tenant { get; init; }

    /// <summary>The key that asks, whose own quota counts too.</summary>
    public string? KeyId { get; init; }

    /// <summary>Whether what no remembered verdict answers is taken from the quotas of the tenant and the key. Default false: for callers who set
    /// it aside themselves, in blocks and by name.</summary>
    public bool CountsAgainstQuota { get; init; }

    /// <summary>Which of the tenant's remembered verdicts may answer. Default: those in memory and in storage.</summary>
    public CacheUse Cache { get; init; } = CacheUse.Storage;

    /// <summary>Whether it goes before lists at a mail server. Default: it is one itself.</summary>
    public ProbePriority Priority { get; init; } = ProbePriority.Batch;
}
