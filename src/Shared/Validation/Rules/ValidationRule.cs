namespace ProspectOps.Validation;

/// <summary>A tenant's own word on some addresses.</summary>
/// <param name="Pattern">A whole address, a domain (which includes its subdomains), or an expression to be found in the address; case does not matter.</param>
public sealed record ValidationRule(string Id, RuleAction Action, RuleKind Kind, string Pattern);
