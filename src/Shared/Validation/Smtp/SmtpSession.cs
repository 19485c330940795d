using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Text;

namespace ProspectOps.Validation.Smtp;

/// <summary>One connection to a mail server, from its greeting to QUIT. It never comes to DATA. Not for two callers at once.</summary>
/// <remarks>RFC 5321; RFC 2920 for several commands in one write; RFC 3207 for STARTTLS.</remarks>
internal sealed class SmtpSession : IAsyncDisposable
{
    private readonly SmtpOptions _options;
    private readonly TimeProvider _time;
    private readonly string _helo;
    private Stream _stream;
    private SmtpReplyReader _reader;
    private bool _isInTransaction;
    private bool _isUtf8Transaction;
    private int _inTransaction;
    private string _lastDomain = "";

    private SmtpSession(Stream stream, SmtpOptions options, TimeProvider time)
    {
        (_stream, _options, _time) = (stream, options, time);
        _helo = options.Helo();
        _reader = new SmtpReplyReader(stream);
    }

    public bool IsEncrypted { get; private set; }

    /// <summary>Whether several commands may go in one write.</summary>
    public bool IsPipelined { get; private set; }

    public bool TakesUtf8 { get; private set; }

    /// <summary>What the server called itself.</summary>
    public string Banner { get; private set; } = "";

    /// <summary>Mailboxes asked about so far.</summary>
    public int Asked { get; private set; }

    private bool OffersStartTls { get; set; }

    /// <summary>Greets, and encrypts where that is offered and works.</summary>
    /// <param name="connect">Makes the connection; used once more where STARTTLS failed and left it unusable.</param>
    /// <exception cref="SmtpFailureException">The server does not want us, or is none.</exception>
    public static async Task<SmtpSession> OpenAsync(Func<CancellationToken, Task<Stream>> connect, SmtpOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var session = await GreetAsync(connect, options, time, cancellationToken);
        if (!options.StartTls || !session.OffersStartTls)
            return session;
        if (await session.TryEncryptAsync(cancellationToken))
            return session;
        // As mail servers do: a server whose TLS is out of order is talked to without it (RFC 7435).
        await session.AbandonAsync();
        return await GreetAsync(connect, options, time, cancellationToken);
    }

    /// <summary>Asks about mailboxes. Those of different domains are never in one transaction where pipelining makes that cost nothing.</summary>
    /// <param name="recipients">Those of one domain beside each other.</param>
    /// <param name="replies">Filled in order; where the session fails it holds those that were answered before.</param>
    /// <exception cref="SmtpFailureException">The server refused the sender, broke off, or is too slow.</exception>
    public async Task AskAsync(IReadOnlyList<string> recipients, bool needsUtf8, List<SmtpReply> replies, CancellationToken cancellationToken)
    {
        var mail = $"MAIL FROM:<{_options.MailFrom}>{(needsUtf8 ? " SMTPUTF8" : "")}";
        Asked += recipients.Count;
        if (IsPipelined)
        {
            await AskTogetherAsync(recipients, mail, replies, cancellationToken);
            return;
        }

        foreach (var recipient in recipients)
        {
            // Without pipelining each command costs a round trip, so that a transaction goes on, over domains too, as long as the server bears it.
            var goesOn = _isInTransaction && !needsUtf8 && !_isUtf8Transaction && _inTransaction < _options.RecipientsPerTransaction;
            var reply = await AskOneAsync(recipient, goesOn ? null : mail, cancellationToken);
            if (goesOn && MindsTheTransaction(reply, recipient))
                reply = await AskOneAsync(recipient, mail, cancellationToken);
            (_isUtf8Transaction, _lastDomain) = (needsUtf8, DomainOf(recipient));
            Keep(reply, null, replies);
        }
    }

    /// <summary>A transaction for each domain, all of them in one flight (RFC 2920 §3.1: RSET, MAIL and RCPT may stand anywhere in it).</summary>
    private async Task AskTogetherAsync(IReadOnlyList<string> recipients, string mail, List<SmtpReply> replies, CancellationToken cancellationToken)
    {
        var commands = new List<string>(recipients.Count + 2);
        var wasInTransaction = _isInTransaction;
        foreach (var (index, recipient) in recipients.Index())
        {
            if (BeginsTransaction(recipients, index))
            {
                if (_isInTransaction)
                    commands.Add("RSET");
                commands.Add(mail);
                _isInTransaction = true;
            }
            commands.Add($"RCPT TO:<{recipient}>");
        }
        await SendAsync(commands, cancellationToken);

        var sender = default(SmtpReply);
        for (var index = 0; index < recipients.Count; index++)
        {
            if (BeginsTransaction(recipients, index))
            {
                if (wasInTransaction)
                    await ReadAsync(cancellationToken);
                wasInTransaction = true;
                sender = await ReadAsync(cancellationToken);
            }
            Keep(await ReadAsync(cancellationToken), sender, replies);
        }
    }

    private static bool BeginsTransaction(IReadOnlyList<string> recipients, int index) => index == 0 || DomainOf(recipients[index]) != DomainOf(recipients[index - 1]);

    /// <summary>Whether what it puts off may be the other domain in the transaction, and not the mailbox.</summary>
    private bool MindsTheTransaction(SmtpReply reply, string recipient) =>
        !reply.Closes && _lastDomain != DomainOf(recipient)
        && (reply.Code == 503 || (reply.IsTemporary && ReplyMeaning.OfRecipient(reply) is MailboxState.PutOff or MailboxState.SenderBlocked));

    internal static string DomainOf(string recipient) => recipient[(recipient.LastIndexOf('@') + 1)..];

    /// <param name="mail">Begins a transaction with it; null to go on with the one that is open.</param>
    private async Task<SmtpReply> AskOneAsync(string recipient, string? mail, CancellationToken cancellationToken)
    {
        if (mail is not null)
        {
            if (_isInTransaction)
                await CommandAsync("RSET", cancellationToken);
            (_isInTransaction, _inTransaction) = (true, 0);
            Require(await CommandAsync(mail, cancellationToken));
        }
        _inTransaction++;
        return await CommandAsync($"RCPT TO:<{recipient}>", cancellationToken);
    }

    /// <summary>Whether the server is still there.</summary>
    public async Task<bool> IsAliveAsync(CancellationToken cancellationToken)
    {
        try
        {
            _isInTransaction = false;
            return (await CommandAsync("RSET", cancellationToken)).IsPositive;
        }
        catch (SmtpFailureException)
        {
            return false;
        }
    }

    /// <summary>Says goodbye, without waiting for long, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1), _time);
            await _stream.WriteAsync("QUIT\r\n"u8.ToArray(), patience.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The server left first, or does not listen; either way this is the end.
        }
        await AbandonAsync();
    }

    public ValueTask AbandonAsync() => _stream.DisposeAsync();

    public void Abandon() => _stream.Dispose();

    private static async Task<SmtpSession> GreetAsync(Func<CancellationToken, Task<Stream>> connect, SmtpOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var session = new SmtpSession(await connect(cancellationToken), options, time);
        try
        {
            var banner = await session.ReadAsync(cancellationToken);
            Require(banner);
            session.Banner = banner.Text;
            await session.HelloAsync(cancellationToken);
            return session;
        }
        catch
        {
            await session.AbandonAsync();
            throw;
        }
    }

    private async Task HelloAsync(CancellationToken cancellationToken)
    {
        await SendAsync([$"EHLO {_helo}"], cancellationToken);
        var (reply, lines) = await ReadLinesAsync(cancellationToken);
        if (reply.Code is >= 500 and not 554)
        {
            // From before 1995 (RFC 1869), or pretending to be.
            Require(await CommandAsync($"HELO {_helo}", cancellationToken));
            return;
        }
        Require(reply);
        (IsPipelined, TakesUtf8, OffersStartTls) = (false, false, false);
        foreach (var line in lines.Skip(1))
        {
            var keyword = line.AsSpan().Trim();
            keyword = keyword.IndexOf(' ') is >= 0 and var end ? keyword[..end] : keyword;
            IsPipelined |= keyword.Equals("PIPELINING", StringComparison.OrdinalIgnoreCase);
            TakesUtf8 |= keyword.Equals("SMTPUTF8", StringComparison.OrdinalIgnoreCase);
            OffersStartTls |= keyword.Equals("STARTTLS", StringComparison.OrdinalIgnoreCase);
        }
    }

    [SuppressMessage("Security", "CA5359", Justification = "Encryption against onlookers; who the server is cannot be told, since MX names are not authenticated either (RFC 7435).")]
    private async Task<bool> TryEncryptAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await CommandAsync("STARTTLS", cancellationToken) is not { Code: 220 } || _reader.HasMore)
                return false;
            var encrypted = new SslStream(_stream, leaveInnerStreamOpen: false);
            _stream = encrypted;
            await WithinAsync(token => encrypted.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "",
                    RemoteCertificateValidationCallback = (_, _, _, _) => true,
                }, token), cancellationToken);
            _reader = new SmtpReplyReader(_stream);
            await HelloAsync(cancellationToken);
            IsEncrypted = true;
            return true;
        }
        catch (Exception e) when (e is SmtpFailureException or System.Security.Authentication.AuthenticationException or IOException)
        {
            return false;
        }
    }

    /// <summary>A refused sender shows at RCPT as "bad sequence": then the sender's refusal is the true one.</summary>
    private static void Keep(SmtpReply reply, SmtpReply? sender, List<SmtpReply> replies)
    {
        if (sender is { IsPositive: false })
            Require(sender);
        if (reply.Closes)
            throw new SmtpFailureException(ReplyMeaning.OfSession(reply), "The server ended the session.", reply);
        replies.Add(reply);
    }

    private static void Require(SmtpReply reply)
    {
        if (reply.IsPositive)
            return;
        throw new SmtpFailureException(ReplyMeaning.OfSession(reply), "The server refused the session.", reply);
    }

    private async Task<SmtpReply> CommandAsync(string command, CancellationToken cancellationToken)
    {
        await SendAsync([command], cancellationToken);
        return await ReadAsync(cancellationToken);
    }

    private Task SendAsync(IReadOnlyList<string> commands, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        foreach (var command in commands)
            text.Append(command).Append("\r\n");
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return WithinAsync(async token => await _stream.WriteAsync(bytes, token), cancellationToken);
    }

    private async Task<SmtpReply> ReadAsync(CancellationToken cancellationToken) => (await ReadLinesAsync(cancellationToken)).Reply;

    private async Task<(SmtpReply Reply, IReadOnlyList<string> Lines)> ReadLinesAsync(CancellationToken cancellationToken)
    {
        (SmtpReply, IReadOnlyList<string>) read = default;
        await WithinAsync(async token => read = await _reader.ReadAsync(token), cancellationToken);
        return read;
    }

    private async Task WithinAsync(Func<CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(_options.ReplyTimeoutSeconds), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await step(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SmtpFailureException(MailboxState.TimedOut, "The server did not answer in time.");
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw new SmtpFailureException(MailboxState.Broken, "The server broke off the connection.");
        }
    }
}
