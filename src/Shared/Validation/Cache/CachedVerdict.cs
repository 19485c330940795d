namespace ProspectOps.Validation.Cache;

/// <summary>A verdict without its address: what a row of the cache holds. The address is known by its hash alone.</summary>
/// <param name="MeantDomain">The domain that was probably meant, where this one takes no mail.</param>
public sealed record CachedVerdict(
    Verdict Verdict,
    int Score,
    IReadOnlyList<string> Reasons,
    MxCheck Mx,
    SmtpCheck Smtp,
    bool Disposable,
    bool RoleAccount,
    bool FreeProvider,
    string? MeantDomain,
    IReadOnlyList<ValidationBasis> Basis,
    DateTimeOffset CheckedAt,
    DateTimeOffset ExpiresAt)
{
    /// <summary>What a result leaves behind.</summary>
    public static CachedVerdict Of(ValidationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var meant = result.Suggestion is { } suggestion ? suggestion[(suggestion.LastIndexOf('@') + 1)..] : null;
        return new(
            result.Verdict, result.Score, result.Reasons, result.Checks.Mx, result.Checks.Smtp, result.Checks.Disposable, result.Checks.RoleAccount,
            result.Checks.FreeProvider, meant, result.Basis, result.CheckedAt,
            result.ExpiresAt ?? result.CheckedAt + VerdictLifetime.Of(result.Verdict));
    }

    /// <summary>Whether it answers what is asked now: a verdict that mail servers were left out of does not, where they are to be asked.</summary>
    public bool Answers(bool smtpProbe) => !smtpProbe || Smtp.Attempted || !Reasons.Contains(ValidationReasons.SmtpNotProbed);

    /// <summary>The verdict as the answer for this spelling of the mailbox.</summary>
    public ValidationResult For(string email, EmailAddress address, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(address);
        var checks = new ValidationChecks(SyntaxCheck.Of(address), Mx, Smtp, Disposable, RoleAccount, FreeProvider, null);
        return new ValidationResult(
            email, address.Canonical, Verdict, Score, Reasons, checks, MeantDomain is null ? null : $"{address.Local}@{MeantDomain}", true, CheckedAt, 0)
        {
            Basis = Basis,
            ExpiresAt = ExpiresAt,
            AgeSeconds = Math.Max(0, (long)(now - CheckedAt).TotalSeconds),
        };
    }
}
