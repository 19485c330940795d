namespace ProspectOps.Validation;

/// <summary>What the mail server said to RCPT, if it was asked.</summary>
public sealed record SmtpCheck(bool Attempted, bool? Accepted, bool? CatchAll, bool? Greylisted, int? Code, string? Message)
{
    public static SmtpCheck NotAttempted { get; } = new(false, null, null, null, null, null);
}
