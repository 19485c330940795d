using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace ProspectOps.Validation.Smtp;

/// <summary>Asks the mail servers of domains about their mailboxes: over pooled sessions, on the next server where one is out of order.</summary>
internal sealed class MailTransactions : IAsyncDisposable, IDisposable
{
    private const int MostHosts = 3;
    private const int MostTries = 3;
    private static readonly TimeSpan TrimEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ForgetAfter = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Greylisting = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, HostSessions> _hosts = new(StringComparer.Ordinal);
    private readonly MailConnector _connector;
    private readonly SmtpReach _reach;
    private readonly SmtpOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _trimming;
    private Task _trim = Task.CompletedTask;

    public MailTransactions(MailConnector connector, SmtpReach reach, IOptions<SmtpOptions> options, TimeProvider time)
    {
        (_connector, _reach, _options, _time) = (connector, reach, options.Value, time);
        _trimming = time.CreateTimer(_ => _trim = _trim.IsCompleted ? TrimAsync() : _trim, null, TrimEvery, TrimEvery);
    }

    /// <summary>One answer a recipient, in their order.</summary>
    /// <param name="hosts">The mail servers of all their domains, the preferred one first.</param>
    /// <param name="recipients">Those of one domain beside each other: large providers take no other domain in one transaction.</param>
    public async Task<MailboxAnswer[]> AskAsync(IReadOnlyList<string> hosts, IReadOnlyList<string> recipients, bool needsUtf8, ProbePriority priority, CancellationToken cancellationToken)
    {
        var answers = new MailboxAnswer?[recipients.Count];
        using var patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var last = Nobody(MailboxState.NoConnection, null, "The domain has no mail server.");
        try
        {
            foreach (var host in hosts.Take(MostHosts))
            {
                last = await AskHostAsync(host, recipients, needsUtf8, priority, answers, patience, either.Token);
                // Another server is worth asking only where this one could not be asked.
                if (last is null || last.State is not (MailboxState.NoConnection or MailboxState.NotAsked or MailboxState.Broken or MailboxState.TimedOut or MailboxState.PutOff))
                    break;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            last = Nobody(MailboxState.TimedOut, hosts[0], "The mail servers took longer than this check may.");
        }
        return [.. answers.Select(answer => answer ?? last!)];
    }

    public async ValueTask DisposeAsync()
    {
        await _trimming.DisposeAsync();
        await _trim;
        foreach (var host in _hosts.Values)
            await host.DisposeAsync();
    }

    /// <summary>Closes without a goodbye, where nobody can wait for one.</summary>
    public void Dispose()
    {
        _trimming.Dispose();
        foreach (var host in _hosts.Values)
            host.Abandon();
    }

    /// <returns>Null where every recipient has its answer, else what stands for those that have none.</returns>
    private async Task<MailboxAnswer?> AskHostAsync(
        string host, IReadOnlyList<string> recipients, bool needsUtf8, ProbePriority priority, MailboxAnswer?[] answers, CancellationTokenSource patience, CancellationToken cancellationToken)
    {
        var sessions = _hosts.GetOrAdd(host, name => new HostSessions(name, _connector, _options, _time));
        MailboxAnswer? rest = null;
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            int[] open = [.. Enumerable.Range(0, answers.Length).Where(i => answers[i] is null)];
            if (open.Length == 0)
                return null;
            var started = _time.GetTimestamp();
            SmtpSession session;
            try
            {
                session = await sessions.TakeAsync(open.Length, priority, patience, cancellationToken);
                _reach.Report(host, isConnected: true);
            }
            catch (SmtpFailureException e)
            {
                if (e.State != MailboxState.NotAsked)
                    _reach.Report(host, isConnected: e.Reply is not null || e.State is not MailboxState.NoConnection);
                if (e.Reply is { IsTemporary: true })
                    sessions.BackOff();
                return Of(e, host, started);
            }

            if (needsUtf8 && !session.TakesUtf8)
            {
                await sessions.ReturnAsync(session, priority, isWelcome: true);
                return Nobody(MailboxState.NeedsSmtpUtf8, host, "The mail server does not offer SMTPUTF8.");
            }
            // Our patience is with one transaction; without pipelining these may be as many as there are domains.
            if (!session.IsPipelined)
                patience.CancelAfter(TimeSpan.FromSeconds(_options.PatienceSeconds * open.Select(i => SmtpSession.DomainOf(recipients[i])).Distinct().Count()));
            var wasUsed = session.Asked > 0;
            var replies = new List<SmtpReply>(open.Length);
            rest = null;
            try
            {
                await session.AskAsync([.. open.Select(i => recipients[i])], needsUtf8, replies, cancellationToken);
                var isPutOff = replies.TrueForAll(reply => reply.IsTemporary && ReplyMeaning.OfRecipient(reply) is MailboxState.PutOff or MailboxState.SenderBlocked);
                if (isPutOff)
                    sessions.BackOff();
                await sessions.ReturnAsync(session, priority, isWelcome: !isPutOff);
            }
            catch (SmtpFailureException e)
            {
                await sessions.DropAsync(session, priority, e);
                rest = Of(e, host, started);
                if (e.Reply is { IsTemporary: true })
                    sessions.BackOff();
            }
            catch
            {
                await sessions.DropAsync(session, priority, new SmtpFailureException(MailboxState.TimedOut, "The check was broken off."));
                throw;
            }

            var answered = Fill(replies, open, answers, host, session, started);
            // A kept session may have been closed since; otherwise only progress makes another try worth it.
            if (rest is not null && answered == 0 && !(wasUsed && rest.State == MailboxState.Broken))
                return rest;
            if (rest is null && answered == 0)
                return Of(new SmtpFailureException(MailboxState.PutOff, "The mail server takes no more recipients.", replies.LastOrDefault()), host, started);
        }
        return rest ?? Nobody(MailboxState.PutOff, host, "The mail server takes too few recipients at a time.");
    }

    /// <returns>How many have their answer now: those that were one too many for the transaction are asked about in the next.</returns>
    private int Fill(List<SmtpReply> replies, int[] open, MailboxAnswer?[] answers, string host, SmtpSession session, long started)
    {
        var answered = 0;
        foreach (var (index, reply) in replies.Index())
        {
            if (reply.IsTemporary && (reply.Enhanced == "4.5.3" || reply.Text.Contains("too many recipients", StringComparison.OrdinalIgnoreCase)))
                continue;
            var state = ReplyMeaning.OfRecipient(reply);
            answers[open[index]] = new MailboxAnswer(state, host, reply.Code, Words(reply), session.IsEncrypted, _time.GetUtcNow(), _time.GetElapsedTime(started))
            {
                Way = _connector.Way,
                AskAgainAt = AskAgainAt(state),
            };
            answered++;
        }
        return answered;
    }

    private MailboxAnswer Of(SmtpFailureException failure, string host, long started) =>
        new(failure.State, host, failure.Reply?.Code, failure.Reply is { } reply ? Words(reply) : failure.Message, false, _time.GetUtcNow(), _time.GetElapsedTime(started))
        {
            Way = _connector.Way,
            AskAgainAt = AskAgainAt(failure.State),
        };

    private MailboxAnswer Nobody(MailboxState state, string? host, string message) =>
        new(state, host, null, message, false, _time.GetUtcNow(), TimeSpan.Zero) { Way = _connector.Way };

    private static string Words(SmtpReply reply) => reply.Enhanced is null ? reply.Text : $"{reply.Enhanced} {reply.Text}";

    private DateTimeOffset? AskAgainAt(MailboxState state) => state is MailboxState.Greylisted or MailboxState.PutOff ? _time.GetUtcNow() + Greylisting : null;

    private async Task TrimAsync()
    {
        foreach (var (name, sessions) in _hosts)
        {
            await sessions.TrimAsync();
            if (sessions.IsUnused(ForgetAfter) && _hosts.TryRemove(new(name, sessions)))
                await sessions.DisposeAsync();
        }
    }
}
