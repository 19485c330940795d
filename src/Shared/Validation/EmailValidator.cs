using Microsoft.Extensions.Options;
using ProspectOps.Validation.Cache;
using ProspectOps.Validation.Dns;
using ProspectOps.Validation.Smtp;
using ProspectOps.Validation.Statistics;

namespace ProspectOps.Validation;

/// <summary>Judges addresses by syntax, the tenant's rules, what is remembered, lists, DNS, and their mail servers where that is asked for.</summary>
public sealed class EmailValidator(
    AddressLists lists,
    MailDomains domains,
    ValidationCache cache,
    IMailboxProber prober,
    IValidationQuota quotas,
    CheckStatistics statistics,
    RecentResults recent,
    IOptions<ValidationOptions> options,
    TimeProvider time) : IEmailValidator
{
    private readonly RuleMatchers _matchers = new();

    public async Task<EmailBatch> CheckManyAsync(IReadOnlyList<string> emails, ValidationSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(emails);
        ArgumentNullException.ThrowIfNull(settings);
        var rules = _matchers.For(settings.Rules);
        EmailUnderCheck[] batch = [.. emails.Select(email => Parse(email, rules))];
        var (hits, misses) = await RecallAsync(batch, settings, cancellationToken);
        // Most single checks are remembered ones, and end here.
        var isKnown = !Array.Exists(batch, one => one.Cached is null);
        var giveBack = isKnown ? null : await ReserveAsync(batch, settings, cancellationToken);
        try
        {
            if (!isKnown)
                await AskAsync(batch, settings, cancellationToken);
            return await AnswerAsync(batch, settings, hits, misses, cancellationToken);
        }
        // Whoever does not wait for the answer has used what was asked for it.
        catch when (giveBack is not null && !cancellationToken.IsCancellationRequested)
        {
            await giveBack();
            throw;
        }
    }

    private async Task AskAsync(EmailUnderCheck[] batch, ValidationSettings settings, CancellationToken cancellationToken)
    {
        await AskDnsAsync(batch, cancellationToken);
        if (settings.SmtpProbe)
            await AskMailServersAsync(batch, settings.Priority, cancellationToken);
    }

    private async Task<EmailBatch> AnswerAsync(EmailUnderCheck[] batch, ValidationSettings settings, int hits, int misses, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        CheckedEmail[] found = [.. batch.Select(one => new CheckedEmail(Judge(one, now), one.Mailbox?.AskAgainAt))];
        var whole = new EmailBatch(found, hits, misses);
        if (settings.Tenant is not { } tenant)
            return whole;
        if (misses > 0)
            await cache.KeepAsync(tenant, Fresh(batch, found), settings.Cache, cancellationToken);
        statistics.Count(tenant, whole);
        recent.Add(tenant, batch.Zip(found).TakeLast(RecentResults.Most).Select(pair => (pair.First.Email, pair.First.Rule is null ? pair.Second.Result.Verdict : (Verdict?)null)));
        return whole;
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
        // Where mail servers cannot be asked, a verdict without them is the best that there is.
        var needsProbe = settings.SmtpProbe && await prober.CanAskAsync(cancellationToken);
        var found = await cache.FindManyAsync(tenant, open.Select(one => one.Address!.Canonical), needsProbe, settings.Cache, cancellationToken);
        foreach (var one in open)
            one.Cached = found.GetValueOrDefault(one.Address!.Canonical);
        var hits = open.Count(one => one.Cached is not null);
        return (hits, open.Length - hits);
    }

    /// <summary>Takes all that has to be asked from the quota, before any of it is: spellings of one mailbox are one.</summary>
    /// <remarks>It is not given back where the process dies on the way: then it may have been asked.</remarks>
    private async Task<Func<ValueTask>?> ReserveAsync(EmailUnderCheck[] batch, ValidationSettings settings, CancellationToken cancellationToken)
    {
        if (settings is not { CountsAgainstQuota: true, Tenant: { } tenant })
            return null;
        var units = batch.Where(one => one.Cached is null).DistinctBy(one => one.Address?.Canonical ?? one.Email).Count();
        return units > 0 ? await quotas.TakeAsync(tenant, settings.KeyId, units, cancellationToken) : null;
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

    private async Task AskMailServersAsync(EmailUnderCheck[] batch, ProbePriority priority, CancellationToken cancellationToken)
    {
        var mailboxes = batch.Where(one => one.Domain?.Mail is { State: MailDomainState.Mx or MailDomainState.ImplicitMx }).GroupBy(one => one.Address!.Canonical).ToArray();
        var answers = await prober.AskAsync([.. mailboxes.Select(same => new MailboxQuestion(same.First().Address!, same.First().Domain!.Mail!.Hosts))], priority, cancellationToken);
        foreach (var (same, answer) in mailboxes.Zip(answers))
        {
            foreach (var one in same)
                one.Mailbox = answer;
        }
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
                new(syntax, MxCheck.NotAsked, SmtpCheck.NotAttempted, false, false, false, null), null, false, now, 0)
            { Basis = BasisLines.Of(one, now) };
        }
        if (one.Cached is { } cached)
            return cached.For(one.Email, address, now);

        var isRole = lists.IsRoleAccount(address.Local);
        var domain = one.Domain;
        var checks = new ValidationChecks(
            SyntaxCheck.Of(address),
            domain?.Mx ?? MxCheck.NotAsked,
            SmtpCheck.Of(one.Mailbox),
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
                    checks.Disposable, isRole, checks.FreeProvider, address.NeedsSmtpUtf8,
                    domain?.IsHomograph ?? false, one.Mailbox?.State ?? MailboxState.NotAsked, one.Mailbox?.IsCatchAll),
                options.Value.SpecialUseDomains),
        };
        var suggestion = domain?.Suggestion is { } meant ? $"{address.Local}@{meant}" : null;
        var took = (domain?.Mail?.Took ?? TimeSpan.Zero) + (one.Mailbox?.Took ?? TimeSpan.Zero);
        return new(one.Email, address.Canonical, verdict, score, reasons, checks, suggestion, false, now, Math.Round(took.TotalMilliseconds, 3))
        {
            Basis = BasisLines.Of(one, now),
            ExpiresAt = one.Rule is null ? ExpiryOf(verdict, one.Mailbox, now) : null,
        };
    }

    /// <summary>What was put off holds only until asking again is worth it.</summary>
    private static DateTimeOffset ExpiryOf(Verdict verdict, MailboxAnswer? mailbox, DateTimeOffset now)
    {
        var usual = now + VerdictLifetime.Of(verdict);
        return mailbox?.AskAgainAt is { } again && again < usual ? again : usual;
    }
}
