using Microsoft.Extensions.Options;
using ProspectOps.Validation.Dns;

namespace ProspectOps.Validation;

/// <summary>Judges addresses by syntax, the tenant's rules, lists and DNS.</summary>
public sealed class EmailValidator(AddressLists lists, MailDomains domains, IOptions<ValidationOptions> options, TimeProvider time) : IEmailValidator
{
    public async Task<IReadOnlyList<ValidationResult>> ValidateAsync(IReadOnlyList<string> emails, ValidationSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(emails);
        ArgumentNullException.ThrowIfNull(settings);
        var rules = new RuleMatcher(settings.Rules);
        var facts = new Dictionary<string, DomainFacts>(StringComparer.Ordinal);
        var parsed = new ParsedEmail[emails.Count];
        for (var i = 0; i < parsed.Length; i++)
            parsed[i] = Parse(emails[i], rules, facts);

        await Parallel.ForEachAsync(
            facts.Values.Where(domain => domain.NeedsDns),
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.DnsConcurrency, CancellationToken = cancellationToken },
            async (domain, token) => domain.Learn(await domains.FindAsync(domain.Domain, token)));

        var now = time.GetUtcNow();
        var results = new ValidationResult[parsed.Length];
        for (var i = 0; i < results.Length; i++)
            results[i] = Judge(emails[i], parsed[i], now);
        return results;
    }

    private ParsedEmail Parse(string email, RuleMatcher rules, Dictionary<string, DomainFacts> facts)
    {
        if (!EmailAddress.TryParse(email.AsSpan().Trim(), out var address, out var error))
            return new(null, error, null, null);
        // The tenant's word is enough; an address literal has no domain to ask about.
        if (rules.Find(address) is { } rule)
            return new(address, null, rule, null);
        if (address.IsLiteral)
            return new(address, null, null, null);
        if (!facts.TryGetValue(address.Ascii, out var domain))
            facts.Add(address.Ascii, domain = new DomainFacts(address.Ascii, lists));
        return new(address, null, null, domain);
    }

    private ValidationResult Judge(string email, ParsedEmail parsed, DateTimeOffset now)
    {
        if (parsed.Address is not { } address)
        {
            var syntax = new SyntaxCheck(false, null, null, null, parsed.Error!.ToString());
            return new(email, null, Verdict.Undeliverable, 0, [ValidationReasons.InvalidSyntax],
                new(syntax, MxCheck.NotAsked, SmtpCheck.NotAttempted, false, false, false, null), null, false, now, 0);
        }

        var isRole = lists.IsRoleAccount(address.Local);
        var domain = parsed.Domain;
        var checks = new ValidationChecks(
            new SyntaxCheck(true, address.Local, address.Domain, address.Ascii, null),
            domain?.Mx ?? MxCheck.NotAsked,
            SmtpCheck.NotAttempted,
            domain?.IsDisposable ?? lists.IsDisposable(address.Ascii),
            isRole,
            domain?.IsFree ?? lists.IsFreeProvider(address.Ascii),
            parsed.Rule?.Id);
        var (verdict, score, reasons) = parsed.Rule?.Action switch
        {
            RuleAction.Allow => (Verdict.Deliverable, 100, [ValidationReasons.RuleAllow]),
            RuleAction.Deny => (Verdict.Undeliverable, 0, [ValidationReasons.RuleDeny]),
            _ => EmailJudgement.Of(
                new EmailEvidence(
                    domain?.Mail?.State, domain?.IsSpecialUse ?? false, domain?.IsDotless ?? false, address.IsLiteral,
                    checks.Disposable, isRole, checks.FreeProvider, address.NeedsSmtpUtf8),
                options.Value.SpecialUseDomains),
        };
        var suggestion = domain?.Suggestion is { } meant ? $"{address.Local}@{meant}" : null;
        return new(email, address.Canonical, verdict, score, reasons, checks, suggestion, false, now, domain?.Mail?.Took.TotalMilliseconds ?? 0);
    }

    private readonly record struct ParsedEmail(EmailAddress? Address, EmailSyntaxError? Error, ValidationRule? Rule, DomainFacts? Domain);
}
