using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy;
using ProspectOps.Testing;
using ProspectOps.Tests.Validation.Dns;
using ProspectOps.Validation;
using ProspectOps.Validation.Statistics;

namespace ProspectOps.Tests.Validation;

public sealed class RuleTests
{
    private static readonly TenantId Tenant = TenantId.Parse("acme");

    [Theory]
    [InlineData("(", "is no regular expression")]
    [InlineData("(?=a)", "look-around")]
    [InlineData(@"(a)\1", "back references")]
    [InlineData("((a{100}){100}){100}", "1,000")]
    [InlineData("a{2000000000}", "1,000")]
    public void Expression_that_cannot_be_used_is_refused_with_the_reason(string pattern, string part)
    {
        var errors = new FieldErrors();

        RuleCheck.Check([new("r", RuleAction.Deny, RuleKind.Regex, pattern)], errors);

        var refused = Assert.Throws<DomainException>(errors.ThrowIfAny);
        Assert.Contains(part, refused.Error.Errors!["rules[0].pattern"][0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("^(([a-z])+.)+[A-Z]([a-z])+$")]
    [InlineData("(.*)*@(.*)*")]
    public void Expression_that_ruins_other_engines_is_harmless(string pattern)
    {
        var matcher = new RuleMatcher([new("r", RuleAction.Deny, RuleKind.Regex, pattern)]);
        Assert.True(EmailAddress.TryParse($"{new string('a', 60)}!@{new string('a', 60)}.com", out var address, out _));
        var started = TimeProvider.System.GetTimestamp();

        for (var i = 0; i < 100; i++)
            matcher.Find(address!);

        // Other engines would take years.
        Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience.Usual);
    }

    [Fact]
    public void First_rule_wins_whatever_its_kind()
    {
        ValidationRule[] rules =
        [
            new("temps", RuleAction.Deny, RuleKind.Regex, @"^(temp|intern)\d*@"),
            new("acme", RuleAction.Allow, RuleKind.Domain, "acme.com"),
            new("jane", RuleAction.Deny, RuleKind.Address, "jane@acme.com"),
            new("late", RuleAction.Deny, RuleKind.Regex, "ben"),
        ];

        var trials = new RuleSimulator(new RecentResults()).Try(Tenant, rules, ["Temp7@ACME.com", "jane@acme.com", "ben@acme.com", "ben@other.com", "x@other.com", "nonsense"]);

        Assert.Equal(["temps", "acme", "acme", "late", null, null], trials.Select(trial => trial.Rule));
        Assert.Equal([Verdict.Undeliverable, Verdict.Deliverable, Verdict.Deliverable, Verdict.Undeliverable, null, Verdict.Undeliverable], trials.Select(trial => trial.After));
        Assert.False(trials[5].Valid);
    }

    [Fact]
    public async Task New_rules_are_tried_on_the_last_results_of_the_tenant_alone()
    {
        await using var world = new ValidationWorld();
        world.Dns.Answers("acme.com", DnsAnswer.Mx, DnsAnswer.MailServer(1, "mx.acme.com"));
        await world.Validator().CheckManyAsync(["jane@acme.com", "ben@acme.com"], ValidationSettings.Default with { Tenant = Tenant }, TestContext.Current.CancellationToken);
        var simulator = new RuleSimulator(world.Recent);

        var trials = simulator.Try(Tenant, [new("r", RuleAction.Deny, RuleKind.Regex, "^ben@")], null);

        Assert.Equal([("ben@acme.com", "r", Verdict.Unknown, Verdict.Undeliverable), ("jane@acme.com", null, Verdict.Unknown, Verdict.Unknown)],
            trials.Select(trial => (trial.Email, trial.Rule, trial.Before!.Value, trial.After!.Value)));
        Assert.Empty(simulator.Try(TenantId.Parse("other"), [], null));
    }
}
