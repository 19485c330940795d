namespace ProspectOps.Validation.Suppressions;

/// <summary>The verdict on an address that is suppressed: it must not be written to, whatever a mail server would say.</summary>
internal static class SuppressedResult
{
    public static ValidationResult Of(string email, DateTimeOffset now)
    {
        var syntax = EmailAddress.TryParse(email.AsSpan().Trim(), out var address, out var error)
            ? SyntaxCheck.Of(address)
            : new SyntaxCheck(false, null, null, null, error.ToString());
        return new ValidationResult(
            email, address?.Canonical, Verdict.Undeliverable, 0, [ValidationReasons.Suppressed],
            new ValidationChecks(syntax, MxCheck.NotAsked, SmtpCheck.NotAttempted, false, false, false, null), null, false, now, 0);
    }
}
