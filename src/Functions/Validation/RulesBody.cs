namespace ProspectOps.Functions.Validation;

public sealed record RulesBody(IReadOnlyList<RuleBody>? Rules);
