using System.Security.Cryptography;
using ProspectOps.Validation.Calibration;
using ProspectOps.Validation.Dns;

namespace ProspectOps.Validation.Smtp;

/// <summary>Whether a domain takes mail for any mailbox: asked with one that cannot exist, and remembered for a week by all tenants.</summary>
internal sealed class CatchAllDomains
{
    private const int Capacity = 100_000;
    private const int LocalLength = 22;
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(7);
    private static readonly TimeSpan InMemory = TimeSpan.FromHours(1);
    private static readonly TimeSpan UntilAskedAgain = TimeSpan.FromMinutes(15);

    private readonly DomainFactsStore _store;
    private readonly MailDomains _domains;
    private readonly MailTransactions _transactions;
    private readonly TimeProvider _time;

    // Who asks about one address does not wait for a question that a list has in its row. They meet in the store.
    private readonly Remembered<bool?> _ofLists;
    private readonly Remembered<bool?> _ofSingles;

    public CatchAllDomains(DomainFactsStore store, MailDomains domains, MailTransactions transactions, TimeProvider time)
    {
        (_store, _domains, _transactions, _time) = (store, domains, transactions, time);
        _ofLists = new(domain => LearnAsync(domain, ProbePriority.Batch), Capacity, time);
        _ofSingles = new(domain => LearnAsync(domain, ProbePriority.Interactive), Capacity / 10, time);
    }

    /// <summary>Null where the server would not say.</summary>
    public async Task<bool?> FindAsync(string domain, ProbePriority priority, CancellationToken cancellationToken) =>
        (await (priority == ProbePriority.Interactive ? _ofSingles : _ofLists).FindAsync(domain, cancellationToken)).Answer;

    private async Task<(bool?, TimeSpan)> LearnAsync(string domain, ProbePriority priority)
    {
        var now = _time.GetUtcNow();
        if (await _store.FindAsync(domain, CancellationToken.None) is { } facts && facts.ExpiresAt > now)
            return (facts.IsCatchAll, Shorter(facts.ExpiresAt - now, InMemory));

        var hosts = (await _domains.FindAsync(domain, CancellationToken.None)).Hosts;
        var local = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", LocalLength);
        var answer = (await _transactions.AskAsync(hosts, [$"{local}@{domain}"], needsUtf8: false, priority, CancellationToken.None))[0];
        bool? isCatchAll = answer.State switch
        {
            MailboxState.Accepted => true,
            MailboxState.NotFound or MailboxState.Rejected or MailboxState.Disabled => false,
            _ => null,
        };
        if (isCatchAll is not { } known)
            return (null, UntilAskedAgain);
        await _store.PutAsync(new DomainFacts(domain, known, MxFamilies.Of(hosts).ToString(), answer.Host ?? "", now, now + Lasts), CancellationToken.None);
        return (known, InMemory);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
