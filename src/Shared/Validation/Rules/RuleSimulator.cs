using ProspectOps.Tenancy;
using ProspectOps.Validation.Statistics;

namespace ProspectOps.Validation;

/// <summary>Tries rules without keeping them: over given addresses, or over those that this process judged last.</summary>
public sealed class RuleSimulator(RecentResults recent)
{
    private readonly RuleMatchers _matchers = new();

    public IReadOnlyList<RuleTrial> Try(TenantId tenant, IReadOnlyList<ValidationRule> rules, IReadOnlyList<string>? emails)
    {
        var matcher = _matchers.For(rules);
        return emails is null
            ? [.. recent.Of(tenant).Select(one => Try(matcher, one.Email, one.Verdict))]
            : [.. emails.Select(email => Try(matcher, email, null))];
    }

    private static RuleTrial Try(RuleMatcher matcher, string email, Verdict? before)
    {
        if (!EmailAddress.TryParse(email.AsSpan().Trim(), out var address, out _))
            return new RuleTrial(email, false, null, null, before, Verdict.Undeliverable);
        var rule = matcher.Find(address);
        Verdict? after = rule?.Action switch
        {
            RuleAction.Allow => Verdict.Deliverable,
            RuleAction.Deny => Verdict.Undeliverable,
            _ => before,
        };
        return new RuleTrial(email, true, rule?.Id, rule?.Action, before, after);
    }
}
