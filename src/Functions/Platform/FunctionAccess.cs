using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.Functions.Platform;

/// <summary>What each HTTP function needs of its caller, and what is kept of its calls: read from its attributes once.</summary>
public sealed partial class FunctionAccess
{
    private readonly Dictionary<string, FunctionRule> _rules;

    public FunctionAccess()
    {
        _rules = HttpFunctions.All.ToDictionary(
            function => function.Method.GetCustomAttribute<FunctionAttribute>()!.Name, function => RuleOf(function.Method, function.Trigger), StringComparer.OrdinalIgnoreCase);
    }

    public IEnumerable<(string Name, FunctionRule Rule)> All => _rules.Select(rule => (rule.Key, rule.Value));

    public FunctionRule RuleOf(string functionName) => _rules.TryGetValue(functionName, out var rule)
        ? rule
        : throw new InvalidOperationException($"{functionName} is no HTTP function of this app.");

    private static FunctionRule RuleOf(MethodInfo method, HttpTriggerAttribute trigger)
    {
        var scope = ScopeOf(method);
        var audited = scope is not null && scope.EndsWith(":write", StringComparison.Ordinal) && method.GetCustomAttribute<NotAuditedAttribute>() is null;
        return new FunctionRule(scope, $"/api/{trigger.Route}", audited ? ActionOf(method.GetCustomAttribute<FunctionAttribute>()!.Name) : null, method.GetCustomAttribute<RequiresAttribute>() is { OrSigned: true });
    }

    private static string? ScopeOf(MethodInfo method) =>
        method.GetCustomAttribute<RequiresAttribute>() is { } requires ? requires.Scope
        : method.GetCustomAttribute<OpenAttribute>() is not null ? null
        : throw new InvalidOperationException($"{method.DeclaringType!.Name}.{method.Name} says neither [Requires] nor [Open].");

    // CreateCampaign is campaign.create; PutValidationRules is validation_rules.put.
    private static string ActionOf(string functionName)
    {
        var words = Word().Matches(functionName).Select(word => word.Value.ToLowerInvariant()).ToArray();
        return words.Length == 1 ? words[0] : $"{string.Join('_', words[1..])}.{words[0]}";
    }

    [GeneratedRegex("[A-Z][a-z0-9]*")]
    private static partial Regex Word();
}
