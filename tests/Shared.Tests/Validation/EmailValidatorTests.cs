using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProspectOps.Operations;
using ProspectOps.Platform.Storage;
using ProspectOps.Testing;
using ProspectOps.Tests.Validation.Dns;
using ProspectOps.Validation;
using ProspectOps.Validation.Cache;
using ProspectOps.Validation.Dns;
using ProspectOps.Validation.Statistics;

namespace ProspectOps.Tests.Validation;

public sealed class EmailValidatorTests : IAsyncDisposable
{
    private static readonly AddressLists Lists = new();

    private readonly ScriptedDnsServer _server = new();
    private readonly ManualTime _time = new();

    public EmailValidatorTests()
    {
        foreach (var domain in new[] { "acme.com", "gmail.com", "mailinator.com" })
            _server.Answers(domain, DnsAnswer.Mx, DnsAnswer.MailServer(1, $"mx.{domain}"));
        _server.Answers("null.com", DnsAnswer.Mx, DnsAnswer.MailServer(0, ""));
        _server.Answers("bare.com", DnsAnswer.Mx).Answers("bare.com", DnsAnswer.A, DnsAnswer.Address()).Answers("bare.com", DnsAnswer.Aaaa);
        _server.Answers("none.com", DnsAnswer.Mx).Answers("none.com", DnsAnswer.A).Answers("none.com", DnsAnswer.Aaaa);
        _server.Fails("broken.com", DnsAnswer.Mx, 2);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("jane@acme.com", Verdict.Unknown, 60, "mx_found,smtp_not_probed")]
    [InlineData(" jane@acme.com ", Verdict.Unknown, 60, "mx_found,smtp_not_probed")]
    [InlineData("jane@bare.com", Verdict.Unknown, 50, "implicit_mx,smtp_not_probed")]
    [InlineData("jane@broken.com", Verdict.Unknown, 30, "dns_failure,smtp_not_probed")]
    [InlineData("info@acme.com", Verdict.Risky, 45, "role_account,mx_found,smtp_not_probed")]
    [InlineData("Info+x@acme.com", Verdict.Risky, 45, "role_account,mx_found,smtp_not_probed")]
    [InlineData("jane@mailinator.com", Verdict.Risky, 15, "disposable,mx_found,smtp_not_probed")]
    [InlineData("jane@gmail.com", Verdict.Unknown, 60, "mx_found,free_provider,smtp_not_probed")]
    [InlineData("jörg@acme.com", Verdict.Unknown, 55, "mx_found,international_local,smtp_not_probed")]
    [InlineData("jane@[192.0.2.1]", Verdict.Risky, 20, "address_literal,smtp_not_probed")]
    [InlineData("jane@gone.com", Verdict.Undeliverable, 1, "domain_not_found")]
    [InlineData("jane@null.com", Verdict.Undeliverable, 2, "null_mx")]
    [InlineData("jane@none.com", Verdict.Undeliverable, 5, "no_mx")]
    [InlineData("jane@acme", Verdict.Undeliverable, 1, "dotless_domain")]
    [InlineData("jane@shop.acme.example", Verdict.Undeliverable, 0, "special_use_domain")]
    [InlineData("jane@localhost", Verdict.Undeliverable, 0, "special_use_domain")]
    [InlineData("no address", Verdict.Undeliverable, 0, "invalid_syntax")]
    [InlineData("", Verdict.Undeliverable, 0, "invalid_syntax")]
    public async Task Verdict_rests_on_the_evidence(string email, Verdict verdict, int score, string reasons)
    {
        var result = await Validate(email);

        Assert.Equal((verdict, score, reasons), (result.Verdict, result.Score, string.Join(',', result.Reasons)));
        Assert.Equal(email, result.Email);
        Assert.All(result.Reasons, reason => Assert.Contains(reason, ValidationReasons.All));
    }

    [Fact]
    public async Task Checks_say_what_was_looked_at()
    {
        var result = await Validate("Jane.Doe+x@ACME.com");

        Assert.Equal("jane.doe@acme.com", result.Normalized);
        Assert.Equal(new SyntaxCheck(true, "Jane.Doe+x", "ACME.com", "acme.com", null), result.Checks.Syntax);
        Assert.True(result.Checks.Mx.Found);
        Assert.Equal(["mx.acme.com"], result.Checks.Mx.Hosts);
        Assert.False(result.Checks.Smtp.Attempted);
        Assert.Equal(_time.GetUtcNow(), result.CheckedAt);
    }

    [Fact]
    public async Task Broken_address_is_told_where_it_breaks()
    {
        var result = await Validate("jane..doe@acme.com");

        Assert.Null(result.Normalized);
        Assert.Equal("consecutive_dots at 5: Two dots stand in a row.", result.Checks.Syntax.Error);
    }

    [Theory]
    [InlineData("jane@gmial.com", "jane@gmail.com")]
    [InlineData("jane@gmai.com", "jane@gmail.com")]
    [InlineData("jane@hotmial.com", "jane@hotmail.com")]
    [InlineData("jane@firma.con", "jane@firma.com")]
    [InlineData("jane@nothinglike.com", null)]
    [InlineData("jane@acme.com", null)]
    public async Task Slip_is_pointed_out_where_the_domain_takes_no_mail(string email, string? suggestion) =>
        Assert.Equal(suggestion, (await Validate(email)).Suggestion);

    [Fact]
    public async Task Reserved_domain_is_unknown_without_dns_where_the_setting_accepts_it()
    {
        var validator = Validator(SpecialUseHandling.Accept);

        var results = await validator.ValidateAsync(["jane@acme.example", "info@acme.test"], ValidationSettings.Default, TestContext.Current.CancellationToken);

        Assert.Equal([Verdict.Unknown, Verdict.Risky], results.Select(result => result.Verdict));
        Assert.Equal(["special_use_domain", "smtp_not_probed"], results[0].Reasons);
        Assert.Empty(_server.Asked);
    }

    [Fact]
    public async Task First_rule_that_matches_decides_and_nothing_else_is_asked()
    {
        ValidationRule[] rules =
        [
            new("boss", RuleAction.Allow, RuleKind.Address, "Boss@Shop.Acme.com"),
            new("acme", RuleAction.Deny, RuleKind.Domain, "acme.com"),
            new("late", RuleAction.Allow, RuleKind.Address, "jane@acme.com"),
        ];

        var results = await Validator().ValidateAsync(
            ["boss@shop.acme.com", "jane@acme.com", "x@shop.acme.com", "x@notacme.com"], new(false, rules), TestContext.Current.CancellationToken);

        Assert.Equal(["boss", "acme", "acme", null], results.Select(result => result.Checks.Rule));
        Assert.Equal([Verdict.Deliverable, Verdict.Undeliverable, Verdict.Undeliverable, Verdict.Undeliverable], results.Select(result => result.Verdict));
        Assert.Equal(["rule_allow"], results[0].Reasons);
        Assert.Equal(["rule_deny"], results[1].Reasons);
        Assert.DoesNotContain("acme.com/15", _server.Asked);
    }

    [Fact]
    public async Task Batch_asks_once_a_domain_and_keeps_the_order()
    {
        var emails = Enumerable.Range(0, 20_000).Select(n => n % 3 == 0 ? $"p{n}@gone.com" : $"p{n}@acme.com").ToArray();

        var results = await Validator().ValidateAsync(emails, ValidationSettings.Default, TestContext.Current.CancellationToken);

        Assert.Equal(emails, results.Select(result => result.Email));
        Assert.Equal(["acme.com/15", "gone.com/15"], _server.Asked.Order());
    }

    [Fact]
    public async Task Unreachable_dns_leaves_the_verdict_open_and_is_fast_for_a_whole_batch()
    {
        IEmailValidator validator = new EmailValidator(Lists, Domains("127.0.0.1:1", out var options), Cache(), new NobodyToAsk(), new SomeQuota(), new CheckStatistics(_time), new RecentResults(), options, _time);
        var emails = Enumerable.Range(0, 5_000).Select(n => $"jane@company{n}.com").ToArray();

        // Without waiting for an answer.
        var results = await validator.ValidateAsync(emails, ValidationSettings.Default, TestContext.Current.CancellationToken).WaitAsync(Patience.Usual, TestContext.Current.CancellationToken);

        Assert.All(results, result => Assert.Equal((Verdict.Unknown, "dns_unreachable"), (result.Verdict, result.Reasons[0])));
    }

    [Fact]
    public void Evidence_against_a_mailbox_never_raises_its_score()
    {
        bool[] either = [false, true];
        var all =
            from mail in Enum.GetValues<MailDomainState>()
            from special in either
            from dotless in either
            from literal in either
            from free in either
            select new EmailEvidence(mail, special, dotless, literal, false, false, free, false);

        foreach (var evidence in all)
        {
            var plain = EmailJudgement.Of(evidence, SpecialUseHandling.Reject);
            var role = EmailJudgement.Of(evidence with { IsRole = true }, SpecialUseHandling.Reject);
            var disposable = EmailJudgement.Of(evidence with { IsDisposable = true }, SpecialUseHandling.Reject);
            var both = EmailJudgement.Of(evidence with { IsRole = true, IsDisposable = true }, SpecialUseHandling.Reject);

            Assert.InRange(plain.Score, 0, 100);
            Assert.True(role.Score <= plain.Score && disposable.Score <= plain.Score && both.Score <= Math.Min(role.Score, disposable.Score));
            Assert.Equal(plain.Verdict == Verdict.Undeliverable, both.Verdict == Verdict.Undeliverable);
        }
    }

    private ValidationCache Cache() => new(new ValidationCacheStore(new InMemoryStorage(), new DueStore(new InMemoryStorage(), _time), _time), Options.Create(new ValidationOptions()), _time);

    [SuppressMessage("Performance", "CA1859", Justification = "ValidateAsync is the interface's own.")]
    private IEmailValidator Validator(SpecialUseHandling specialUse = SpecialUseHandling.Reject) =>
        new EmailValidator(Lists, Domains(_server.EndPoint.ToString(), out var options, specialUse), Cache(), new NobodyToAsk(), new SomeQuota(), new CheckStatistics(_time), new RecentResults(), options, _time);

    private MailDomains Domains(string servers, out IOptions<ValidationOptions> options, SpecialUseHandling specialUse = SpecialUseHandling.Reject)
    {
        options = Options.Create(new ValidationOptions { DnsServers = servers, DnsTimeoutSeconds = 600, SpecialUseDomains = specialUse });
        return SomeDomains.With(options, new DnsHealth(3, TimeSpan.FromSeconds(30), _time), _time);
    }

    private async Task<ValidationResult> Validate(string email) =>
        Assert.Single(await Validator().ValidateAsync([email], ValidationSettings.Default, TestContext.Current.CancellationToken));
}
