namespace ProspectOps.Validation;

/// <summary>A tenant's own word on some addresses.</summary>
/// <param name="Pattern">A whole address, or a domain (which includes its subdomains); case does not matter.</param>
public sealed record ValidationRule(string Id, RuleAction Action, RuleKind Kind, string Pattern);
