using ProspectOps.Platform.Errors;

namespace ProspectOps.Validation;

/// <summary>What is wrong with rules that somebody wants to keep or try.</summary>
public static class RuleCheck
{
    public const int MostRules = 200;
    private const int MostIdCharacters = 100;
    private const int MostPatternCharacters = 320;

    /// <summary>Adds to <paramref name="errors"/> what cannot be used, by its place: <c>rules[3].pattern</c>.</summary>
    public static void Check(IReadOnlyList<ValidationRule> rules, FieldErrors errors)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(errors);
        errors.Require(rules.Count <= MostRules, "rules", $"must be a list of at most {MostRules}");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, rule) in rules.Take(MostRules).Index())
        {
            errors.Require(rule.Id is { Length: > 0 and <= MostIdCharacters }, $"rules[{index}].id", $"must be 1 to {MostIdCharacters} characters");
            errors.Require(ids.Add(rule.Id), $"rules[{index}].id", "is the id of an earlier rule");
            errors.Require(rule.Pattern is { Length: > 0 and <= MostPatternCharacters }, $"rules[{index}].pattern", $"must be 1 to {MostPatternCharacters} characters");
            if (rule is { Kind: RuleKind.Regex, Pattern.Length: > 0 and <= MostPatternCharacters } && RulePattern.TryCreate(rule.Pattern, out var fault) is null)
                errors.Add($"rules[{index}].pattern", fault!);
        }
    }
}
