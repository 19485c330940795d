namespace ProspectOps.Validation;

/// <summary>One address of a batch.</summary>
/// <param name="AskAgainAt">Set where the mail server put the answer off (greylisting, a full queue): the result holds what is known
/// until then, and asking again at that time is likely to learn more. A caller that cannot wait takes the result as it is.</param>
public sealed record CheckedEmail(ValidationResult Result, DateTimeOffset? AskAgainAt);
