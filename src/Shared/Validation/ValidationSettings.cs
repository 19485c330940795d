using ProspectOps.Tenancy;

namespace ProspectOps.Validation;

/// <summary>How one call wants its addresses checked.</summary>
/// <param name="SmtpProbe">Whether the mail server may be asked.</param>
/// <param name="Rules">The tenant's rules; the first that matches wins.</param>
public sealed record ValidationSettings(bool SmtpProbe, IReadOnlyList<ValidationRule> Rules)
{
    public static ValidationSettings Default { get; } = new(false, []);

    /// <summary>Whose cache and quota this is; null for neither.</summary>
    public TenantId? Tenant { get; init; }

    /// <summary>The key that asks, where its own quota counts too.</summary>
    public string? KeyId { get; init; }

    /// <summary>Which of the tenant's remembered verdicts may answer. Default: those in memory and in storage.</summary>
    public CacheUse Cache { get; init; } = CacheUse.Storage;
}
