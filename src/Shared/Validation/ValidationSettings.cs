namespace ProspectOps.Validation;

/// <summary>How one call wants its addresses checked.</summary>
/// <param name="SmtpProbe">Whether the mail server may be asked.</param>
/// <param name="Rules">The tenant's rules; the first that matches wins.</param>
public sealed record ValidationSettings(bool SmtpProbe, IReadOnlyList<ValidationRule> Rules)
{
    public static ValidationSettings Default { get; } = new(false, []);
}
