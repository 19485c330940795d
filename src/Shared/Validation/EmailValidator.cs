using Microsoft.Extensions.Options;
using ProspectOps.Validation.Cache;
using ProspectOps.Validation.Dns;

namespace ProspectOps.Validation;

/// <summary>Judges addresses by syntax, the tenant's rules, what is remembered, lists and DNS.</summary>
public sealed class EmailValidator(
    AddressLists lists,
    MailDomains domains,
    ValidationCache cache,
    IOptions<ValidationOptions> options,
    TimeProvider time) : IEmailValidator
{
    public async Task<EmailBatch> CheckManyAsync(IReadOnlyList<string> emails, ValidationSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(emails);
        ArgumentNullException.ThrowIfNull(settings);
        var rules = new RuleMatcher(settings.Rules);
        EmailUnderCheck[] batch = [.. emails.Select(email => Parse(email, rules))];
        var (hits, misses) = await RecallAsync(batch, settings, cancellationToken);
        await AskDnsAsync(batch, cancellationToken);

        var now = time.GetUtcNow();
        CheckedEmail[] found = [.. batch.Select(one => new CheckedEmail(Judge(one, now), null))];
        if (settings.Tenant is { } tenant && misses > 0)
            await cache.KeepAsync(tenant, Fresh(batch, found), settings.Cache, cancellationToken);
        return new EmailBatch(found, hits, misses);
    }

    private static EmailUnderCheck Parse(string email, RuleMatcher rules)
    {
        var one = new EmailUnderCheck(email);
        if (!EmailAddress.TryParse(email.AsSpan().Trim(), out var address, out var error))
        {
            one.Error = error;
            return one;
        }
        one.Address = address;
        // The tenant's word is enough, and newer than anything remembered.
        one.Rule = rules.Find(address);
        return one;
    }

    private async Task<(int Hits, int Misses)> RecallAsync(EmailUnderCheck[] batch, ValidationSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Tenant is not { } tenant)
            return (0, 0);
        var open = batch.Where(one => one.IsOpen).ToArray();
        var found = await cache.FindManyAsync(tenant, open.Select(one => one.Address!.Canonical), settings.SmtpProbe, settings.Cache, cancellationToken);
        foreach (var one in open)
            one.Cached = found.GetValueOrDefault(one.Address!.Canonical);
        var hits = open.Count(one => one.Cached is not null);
        return (hits, open.Length - hits);
    }

    private async Task AskDnsAsync(EmailUnderCheck[] batch, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, DomainUnderCheck>(StringComparer.Ordinal);
        // An address literal has no domain to ask about.
        foreach (var one in batch.Where(one => one.IsOpen && !one.Address!.IsLiteral))
        {
            if (!known.TryGetValue(one.Address!.Ascii, out var domain))
                known.Add(one.Address.Ascii, domain = new DomainUnderCheck(one.Address.Ascii, lists));
            one.Domain = domain;
        }
        await Parallel.ForEachAsync(
            known.Values.Where(domain => domain.NeedsDns),
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.DnsConcurrency, CancellationToken = cancellationToken },
            async (domain, token) => domain.Learn(await domains.FindAsync(domain.Domain, token)));
    }

    private static IEnumerable<KeyValuePair<string, CachedVerdict>> Fresh(EmailUnderCheck[] batch, CheckedEmail[] found) =>
        batch.Zip(found).Where(pair => pair.First.IsOpen)
            .DistinctBy(pair => pair.First.Address!.Canonical)
            .Select(pair => KeyValuePair.Create(pair.First.Address!.Canonical, CachedVerdict.Of(pair.Second.Result)));

    private ValidationResult Judge(EmailUnderCheck one, DateTimeOffset now)
    {
        if (one.Address is not { } address)
        {
            var syntax = new SyntaxCheck(false, null, null, null, one.Error!.ToString());
            return new(one.Email, null, Verdict.Undeliverable, 0, [ValidationReasons.InvalidSyntax],
                new(syntax, MxCheck.NotAsked, SmtpCheck.NotAttempted, false, false, false, null), null, false, now, 0);
        }
        if (one.Cached is { } cached)
            return cached.For(one.Email, address, now);

        var isRole = lists.IsRoleAccount(address.Local);
        var domain = one.Domain;
        var checks = new ValidationChecks(
            SyntaxCheck.Of(address),
            domain?.Mx ?? MxCheck.NotAsked,
            SmtpCheck.NotAttempted,
            domain?.IsDisposable ?? lists.IsDisposable(address.Ascii),
            isRole,
            domain?.IsFree ?? lists.IsFreeProvider(address.Ascii),
            one.Rule?.Id);
        var (verdict, score, reasons) = one.Rule?.Action switch
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
        return new(one.Email, address.Canonical, verdict, score, reasons, checks, suggestion, false, now, domain?.Mail?.Took.TotalMilliseconds ?? 0)
        {
            ExpiresAt = one.Rule is null ? now + VerdictLifetime.Of(verdict) : null,
        };
    }
}
