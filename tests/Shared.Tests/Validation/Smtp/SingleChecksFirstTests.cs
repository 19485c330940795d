using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProspectOps.Tests.Validation.Dns;
using ProspectOps.Validation;
using ProspectOps.Validation.Dns;
using ProspectOps.Validation.Smtp;

namespace ProspectOps.Tests.Validation.Smtp;

/// <summary>Somebody who asks about one address while a list is at the same mail server, a scripted one on loopback.</summary>
public sealed class SingleChecksFirstTests : IAsyncDisposable
{
    private readonly ScriptedMailServer _mail = new();
    private readonly ScriptedDnsServer _dns = new();
    private readonly FakeClock _clock = new();
    private readonly CancellationTokenSource _patience = new();
    private readonly CancellationTokenSource _over = new();

    public async ValueTask DisposeAsync()
    {
        // Whoever still waits for the pace.
        await _over.CancelAsync();
        _over.Dispose();
        _patience.Dispose();
        await _mail.DisposeAsync();
        await _dns.DisposeAsync();
    }

    [Fact]
    public async Task Single_check_has_the_next_session_though_a_list_has_waited_longer()
    {
        await using var sessions = Sessions(new SmtpOptions { SessionsPerHost = 2, RecipientsPerMinute = 600_000 });
        var first = await TakeAsync(sessions, 20, ProbePriority.Batch);
        var second = await TakeAsync(sessions, 20, ProbePriority.Batch);
        var list = TakeAsync(sessions, 20, ProbePriority.Batch);
        var single = TakeAsync(sessions, 1, ProbePriority.Interactive);

        await sessions.ReturnAsync(first, ProbePriority.Batch, isWelcome: true);
        var taken = await single;
        Assert.False(list.IsCompleted);

        // And the list goes on as soon as it has its own.
        await sessions.ReturnAsync(second, ProbePriority.Batch, isWelcome: true);
        await sessions.ReturnAsync(await list, ProbePriority.Batch, isWelcome: true);
        await sessions.ReturnAsync(taken, ProbePriority.Interactive, isWelcome: true);
        Assert.Equal(2, _mail.Sessions);
    }

    [Fact]
    public async Task Single_check_does_not_wait_for_the_mailboxes_that_a_list_has_set_aside()
    {
        // One mailbox a minute; its clock stands still, so that who has to wait for the pace does not come on.
        await using var sessions = Sessions(new SmtpOptions { SessionsPerHost = 2, RecipientsPerMinute = 1, RecipientsPerTransaction = 20, PatienceSeconds = 100_000 });
        await sessions.ReturnAsync(await TakeAsync(sessions, 20, ProbePriority.Batch), ProbePriority.Batch, isWelcome: true);
        var lists = new[] { TakeAsync(sessions, 20, ProbePriority.Batch), TakeAsync(sessions, 20, ProbePriority.Batch), TakeAsync(sessions, 20, ProbePriority.Batch) };

        var single = await TakeAsync(sessions, 1, ProbePriority.Interactive);

        Assert.All(lists, list => Assert.False(list.IsCompleted));
        await sessions.ReturnAsync(single, ProbePriority.Interactive, isWelcome: true);
    }

    [Fact]
    public async Task Single_checks_have_half_of_the_pace_and_no_more_beside_a_list()
    {
        await using var sessions = Sessions(new SmtpOptions { SessionsPerHost = 2, RecipientsPerMinute = 1, RecipientsPerTransaction = 20, PatienceSeconds = 100_000 });
        var list = await TakeAsync(sessions, 20, ProbePriority.Batch);
        var waiting = TakeAsync(sessions, 20, ProbePriority.Batch);

        // Twenty at once, the size of one transaction, then one in two minutes.
        for (var i = 0; i < 20; i++)
            await sessions.ReturnAsync(await TakeAsync(sessions, 1, ProbePriority.Interactive), ProbePriority.Interactive, isWelcome: true);
        var tooMuch = TakeAsync(sessions, 1, ProbePriority.Interactive);
        Assert.False(tooMuch.IsCompleted);
        _clock.Pass(TimeSpan.FromMinutes(4));
        await sessions.ReturnAsync(await TakeAsync(sessions, 1, ProbePriority.Interactive), ProbePriority.Interactive, isWelcome: true);

        Assert.False(waiting.IsCompleted);
        await sessions.ReturnAsync(list, ProbePriority.Batch, isWelcome: true);
    }

    [Fact]
    public async Task Server_that_wants_to_be_left_alone_is_left_alone_by_single_checks_too()
    {
        await using var sessions = Sessions(new SmtpOptions { SessionsPerHost = 1, RecipientsPerMinute = 600_000, PatienceSeconds = 3 });
        var list = await TakeAsync(sessions, 1, ProbePriority.Batch);
        var single = TakeAsync(sessions, 1, ProbePriority.Interactive);
        for (var i = 0; i < 3; i++)
            sessions.BackOff();

        await sessions.ReturnAsync(list, ProbePriority.Batch, isWelcome: false);

        Assert.Equal(MailboxState.PutOff, (await Assert.ThrowsAsync<SmtpFailureException>(() => single)).State);
        // Nobody's turn was lost with it.
        _clock.Pass(TimeSpan.FromMinutes(1));
        await sessions.ReturnAsync(await TakeAsync(sessions, 1, ProbePriority.Interactive), ProbePriority.Interactive, isWelcome: true);
    }

    [Fact]
    public async Task Priority_of_a_check_reaches_the_mail_server_and_that_of_a_list_is_the_usual()
    {
        var prober = new Recording();
        await using var world = new ValidationWorld { Prober = prober };
        world.Dns.Answers("acme.com", DnsAnswer.Mx, DnsAnswer.MailServer(1, "mx.acme.com"));
        var validator = world.Validator();

        await validator.CheckManyAsync(["jane@acme.com"], new ValidationSettings(true, []), TestContext.Current.CancellationToken);
        await validator.CheckManyAsync(["jane@acme.com"], new ValidationSettings(true, []) { Priority = ProbePriority.Interactive }, TestContext.Current.CancellationToken);

        Assert.Equal([ProbePriority.Batch, ProbePriority.Interactive], prober.Priorities);
    }

    private Task<SmtpSession> TakeAsync(HostSessions sessions, int recipients, ProbePriority priority) => sessions.TakeAsync(recipients, priority, _patience, _over.Token);

    private HostSessions Sessions(SmtpOptions usual)
    {
        _dns.Answers("mx.acme.com", DnsAnswer.A, DnsAnswer.Address(_mail.EndPoint.Address)).Answers("mx.acme.com", DnsAnswer.Aaaa);
        var options = new SmtpOptions
        {
            SessionsPerHost = usual.SessionsPerHost,
            RecipientsPerMinute = usual.RecipientsPerMinute,
            RecipientsPerTransaction = usual.RecipientsPerTransaction,
            PatienceSeconds = usual.PatienceSeconds,
            HeloName = "probe.example.com",
            Port = _mail.EndPoint.Port,
            AllowPrivateAddresses = true,
            CheckHost = "",
            ConnectTimeoutSeconds = 120,
            ReplyTimeoutSeconds = 120,
        };
        var settings = Options.Create(new ValidationOptions { DnsServers = _dns.EndPoint.ToString(), DnsTimeoutSeconds = 600 });
        var resolver = new Resolver(settings, new DnsHealth(3, TimeSpan.FromSeconds(30), TimeProvider.System), TimeProvider.System, NullLogger<Resolver>.Instance);
        return new HostSessions("mx.acme.com", new MailConnector(resolver, Options.Create(options), TimeProvider.System), options, _clock);
    }

    private sealed class Recording : IMailboxProber
    {
        private readonly NobodyToAsk _nobody = new();

        public List<ProbePriority> Priorities { get; } = [];

        public Task<bool> CanAskAsync(CancellationToken cancellationToken) => Task.FromResult(true);

        public Task<IReadOnlyList<MailboxAnswer>> AskAsync(IReadOnlyList<MailboxQuestion> questions, ProbePriority priority, CancellationToken cancellationToken)
        {
            Priorities.Add(priority);
            return _nobody.AskAsync(questions, priority, cancellationToken);
        }
    }
}
