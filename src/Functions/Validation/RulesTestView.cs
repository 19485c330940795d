using ProspectOps.Validation;

namespace ProspectOps.Functions.Validation;

/// <param name="Over"><c>emails</c> or <c>last_results</c>.</param>
/// <param name="Matched">Addresses that a rule decides.</param>
/// <param name="Changed">Addresses whose verdict would be another than it was.</param>
/// <param name="ByRule">Addresses by the rule that decides, 0 included.</param>
public sealed record RulesTestView(string Over, int Total, int Matched, int Changed, IReadOnlyDictionary<string, int> ByRule, IReadOnlyList<RuleTrial> Results);
