using System.Text.RegularExpressions;

namespace ProspectOps.Validation;

/// <summary>Finds the first of a tenant's rules that matches, without walking through all of them for every address.</summary>
internal sealed class RuleMatcher
{
    private readonly IReadOnlyList<ValidationRule> _rules;
    private readonly Dictionary<string, int> _byAddress = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byDomain = new(StringComparer.Ordinal);
    private readonly List<(int Place, Regex Regex)> _expressions = [];

    public RuleMatcher(IReadOnlyList<ValidationRule> rules)
    {
        _rules = rules;
        for (var i = 0; i < rules.Count; i++)
        {
            // The earlier rule stays: it would have matched first.
            if (rules[i].Kind == RuleKind.Domain)
                _byDomain.TryAdd(DomainOf(rules[i].Pattern), i);
            else if (rules[i].Kind == RuleKind.Address)
                _byAddress.TryAdd(AddressOf(rules[i].Pattern), i);
            else if (RulePattern.TryCreate(rules[i].Pattern, out _) is { } regex)
                _expressions.Add((i, regex));
        }
    }

    /// <summary>The rule with the lowest place that names the address, its domain or a domain above it, or whose expression is found in it.</summary>
    public ValidationRule? Find(EmailAddress address)
    {
        if (_rules.Count == 0)
            return null;
        var first = int.MaxValue;
        if (_byAddress.Count > 0 && _byAddress.TryGetValue(KeyOf(address), out var exact))
            first = exact;
        if (_byDomain.Count > 0)
        {
            var lookup = _byDomain.GetAlternateLookup<ReadOnlySpan<char>>();
            for (var start = 0; start >= 0 && start < address.Ascii.Length;)
            {
                if (lookup.TryGetValue(address.Ascii.AsSpan(start), out var place))
                    first = Math.Min(first, place);
                var dot = address.Ascii.IndexOf('.', start);
                start = dot < 0 ? -1 : dot + 1;
            }
        }
        foreach (var (place, regex) in _expressions)
        {
            if (place > first)
                break;
            if (regex.IsFoundIn(KeyOf(address)))
                return _rules[place];
        }
        return first == int.MaxValue ? null : _rules[first];
    }

    private static string KeyOf(EmailAddress address) => $"{address.Local.ToLowerInvariant()}@{address.Ascii}";

    private static string AddressOf(string pattern) =>
        EmailAddress.TryParse(pattern.AsSpan().Trim(), out var address, out _) ? KeyOf(address) : pattern.Trim().ToLowerInvariant();

    private static string DomainOf(string pattern)
    {
        var text = pattern.AsSpan().Trim();
        text = text.StartsWith("*.") ? text[2..] : text.TrimStart('@');
        return DomainPart.AsciiOf(text) ?? text.ToString().ToLowerInvariant();
    }
}
