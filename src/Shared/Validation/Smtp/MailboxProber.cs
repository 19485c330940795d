using Microsoft.Extensions.Options;

namespace ProspectOps.Validation.Smtp;

/// <summary>Asks mail servers about mailboxes, many at once: grouped by domain, domains by their server. Never sends a message.</summary>
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
        await Parallel.ForEachAsync(
            questions.Index().GroupBy(one => one.Item.Hosts.Count > 0 ? one.Item.Hosts[0] : ""),
            new ParallelOptions { MaxDegreeOfParallelism = _options.HostsTogether, CancellationToken = cancellationToken },
            async (host, token) => await Task.WhenAll(host.GroupBy(one => one.Item.Address.Ascii).Select(domain => AskDomainAsync(domain.Key, [.. domain], priority, answers, token))));
        return answers;
    }

    private async Task AskDomainAsync(string domain, (int Index, MailboxQuestion Item)[] questions, ProbePriority priority, MailboxAnswer[] answers, CancellationToken cancellationToken)
    {
        var transactionsOfDomain = questions
            .GroupBy(one => one.Item.Address.NeedsSmtpUtf8)
            .SelectMany(kind => kind.Chunk(_options.RecipientsPerTransaction).Select(chunk => (NeedsUtf8: kind.Key, Chunk: chunk)));
        await Task.WhenAll(transactionsOfDomain.Select(async one =>
        {
            var found = await transactions.AskAsync(
                one.Chunk[0].Item.Hosts, [.. one.Chunk.Select(question => $"{question.Item.Address.Local}@{domain}")], one.NeedsUtf8, priority, cancellationToken);
            for (var i = 0; i < found.Length; i++)
                answers[one.Chunk[i].Index] = found[i];
        }));
        // A domain that refused all of them does not take everything: it need not be bothered with a mailbox that cannot exist.
        if (!_options.CatchAll || !Array.Exists(questions, one => answers[one.Index].State == MailboxState.Accepted))
            return;
        var isCatchAll = await catchAll.FindAsync(domain, priority, cancellationToken);
        foreach (var (index, _) in questions)
        {
            if (answers[index].State == MailboxState.Accepted)
                answers[index] = answers[index] with { IsCatchAll = isCatchAll };
        }
    }
}
