using ProspectOps.Validation;

namespace ProspectOps.Functions.Validation;

public sealed record RuleBody(string? Id, RuleAction? Action, RuleKind? Kind, string? Pattern);
