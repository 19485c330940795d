using Microsoft.Extensions.Options;

namespace ProspectOps.Validation.Smtp;

/// <summary>Asks mail servers about mailboxes, many at once: grouped by their servers, and there by domain. Never sends a message.</summary>
internal sealed class MailboxProber(MailTransactions transactions, CatchAllDomains catchAll, SmtpReach reach, IOptions<SmtpOptions> options, TimeProvider time) : IMailboxProber
{
    private readonly SmtpOptions _options = options.Value;

    public Task<bool> CanAskAsync(CancellationToken cancellationToken) => reach.MayAskAsync(cancellationToken);

    /// <summary>One answer a question, in their order.</summary>
    public async Task<IReadOnlyList<MailboxAnswer>> AskAsync(IReadOnlyList<MailboxQuestion> questions, ProbePriority priority, CancellationToken cancellationToken)
    {
        var answers = new MailboxAnswer[questions.Count];
        if (questions.Count == 0)
            return answers;
        if (!await reach.MayAskAsync(cancellationToken))
        {
            Array.Fill(answers, new MailboxAnswer(MailboxState.NotAsked, null, null, reach.Detail, false, time.GetUtcNow(), TimeSpan.Zero) { Way = reach.Way });
            return answers;
        }
        // A server is known by its domains' whole list: where one is out of order, the next is asked for all of them.
        await Parallel.ForEachAsync(
            questions.Index().GroupBy(one => string.Join(' ', one.Item.Hosts)),
            new ParallelOptions { MaxDegreeOfParallelism = _options.HostsTogether, CancellationToken = cancellationToken },
            async (hosts, token) =>
            {
                await Task.WhenAll(Flights(hosts).Select(flight => AskAsync(flight, priority, answers, token)));
                if (_options.CatchAll)
                    await Task.WhenAll(hosts.GroupBy(one => one.Item.Address.Ascii).Select(domain => AskForCatchAllAsync(domain.Key, [.. domain], priority, answers, token)));
            });
        return answers;
    }

    /// <summary>What is asked over one session in one go: mailboxes of one domain together, and then those of others that have the same servers.</summary>
    private IEnumerable<(int Index, MailboxQuestion Item)[]> Flights(IEnumerable<(int Index, MailboxQuestion Item)> questions) =>
        questions.GroupBy(one => one.Item.Address.NeedsSmtpUtf8)
            .SelectMany(kind => kind.GroupBy(one => one.Item.Address.Ascii).SelectMany(domain => domain).Chunk(_options.RecipientsPerTransaction));

    private async Task AskAsync((int Index, MailboxQuestion Item)[] flight, ProbePriority priority, MailboxAnswer[] answers, CancellationToken cancellationToken)
    {
        var (_, first) = flight[0];
        var found = await transactions.AskAsync(
            first.Hosts, [.. flight.Select(one => $"{one.Item.Address.Local}@{one.Item.Address.Ascii}")], first.Address.NeedsSmtpUtf8, priority, cancellationToken);
        for (var i = 0; i < found.Length; i++)
            answers[flight[i].Index] = found[i];
        // A server that breaks off at one domain may have something to say to the others: each is then asked alone.
        var unanswered = flight.Where(one => answers[one.Index].State is MailboxState.Broken or MailboxState.TimedOut).GroupBy(one => one.Item.Address.Ascii).ToArray();
        if (unanswered.Length > 0 && flight.Select(one => one.Item.Address.Ascii).Distinct().Count() > 1)
            await Task.WhenAll(unanswered.Select(domain => AskAsync([.. domain], priority, answers, cancellationToken)));
    }

    private async Task AskForCatchAllAsync(string domain, (int Index, MailboxQuestion Item)[] questions, ProbePriority priority, MailboxAnswer[] answers, CancellationToken cancellationToken)
    {
        // A domain that refused all of them does not take everything: it need not be bothered with a mailbox that cannot exist.
        if (!Array.Exists(questions, one => answers[one.Index].State == MailboxState.Accepted))
            return;
        var isCatchAll = await catchAll.FindAsync(domain, priority, cancellationToken);
        foreach (var (index, _) in questions)
        {
            if (answers[index].State == MailboxState.Accepted)
                answers[index] = answers[index] with { IsCatchAll = isCatchAll };
        }
    }
}
