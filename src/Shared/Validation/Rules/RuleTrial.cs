namespace ProspectOps.Validation;

/// <summary>What a set of rules says of one address.</summary>
/// <param name="Rule">The id of the rule that decides; null where none does.</param>
/// <param name="Before">The verdict that was last given, where that is known.</param>
/// <param name="After">The verdict under these rules: theirs, or the one before.</param>
public sealed record RuleTrial(string Email, bool Valid, string? Rule, RuleAction? Action, Verdict? Before, Verdict? After);
