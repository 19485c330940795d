using System.Runtime.CompilerServices;

namespace ProspectOps.Validation;

/// <summary>Makes a list of rules ready for matching once, however often it is used; a list that nobody holds any more goes with what was made of it.</summary>
internal sealed class RuleMatchers
{
    private readonly ConditionalWeakTable<IReadOnlyList<ValidationRule>, RuleMatcher> _made = [];

    public RuleMatcher For(IReadOnlyList<ValidationRule> rules) => _made.GetValue(rules, static list => new RuleMatcher(list));
}
