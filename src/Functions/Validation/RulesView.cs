using ProspectOps.Validation;

namespace ProspectOps.Functions.Validation;

public sealed record RulesView(IReadOnlyList<ValidationRule> Rules);
