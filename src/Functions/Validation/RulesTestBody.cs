namespace ProspectOps.Functions.Validation;

/// <param name="Rules">Those to try; the tenant's own where none are given.</param>
/// <param name="Emails">What to try them on; the last results where none are given.</param>
public sealed record RulesTestBody(IReadOnlyList<RuleBody>? Rules, IReadOnlyList<string>? Emails);
