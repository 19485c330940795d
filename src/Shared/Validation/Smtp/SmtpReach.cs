using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ProspectOps.Validation.Smtp;

/// <summary>Knows whether port 25 is open, by which way and under what name: tried at start, and again after a while where it was closed.</summary>
public sealed class SmtpReach
{
    // Servers in a row that cannot be connected to, with none between that can, before the port is suspected.
    private const int FailuresToSuspect = 5;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _failedHosts = new(StringComparer.Ordinal);
    private readonly MailConnector _connector;
    private readonly SmtpOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<SmtpReach> _log;
    private Task? _checking;

    internal SmtpReach(MailConnector connector, IOptions<SmtpOptions> options, TimeProvider time, ILogger<SmtpReach> log)
    {
        (_connector, _options, _time, _log) = (connector, options.Value, time, log);
        State = _options.Mode == SmtpMode.Off ? ReachState.Off : ReachState.Untested;
        Detail = State == ReachState.Off ? "Mail servers are not asked: Validation:Smtp:Mode is off." : "Not tried yet.";
    }

    public ReachState State { get; private set; }

    /// <summary>What was found, for people.</summary>
    public string Detail { get; private set; }

    /// <summary>Milliseconds that the last try took.</summary>
    public double LatencyMs { get; private set; }

    public DateTimeOffset? CheckedAt { get; private set; }

    /// <summary><c>direct</c> or <c>socks5</c>.</summary>
    public string Way => _connector.Way;

    /// <summary>What we call ourselves.</summary>
    public string Helo => _options.Helo();

    /// <summary>Whether asking is worth it. Waits for a try that is under way; a closed port is tried again when its time has come.</summary>
    public async Task<bool> MayAskAsync(CancellationToken cancellationToken)
    {
        if (State == ReachState.Off)
            return false;
        Task? checking;
        lock (_gate)
        {
            var isDue = State == ReachState.Closed && _time.GetUtcNow() - CheckedAt >= TimeSpan.FromSeconds(_options.RetryClosedSeconds);
            if (isDue && _options.CheckHost.Length == 0)
                (State, Detail) = (ReachState.Untested, "To be tried again.");
            else if (isDue)
                _checking = CheckAsync();
            checking = _checking;
        }
        if (checking is not null)
            await checking.WaitAsync(cancellationToken);
        return State != ReachState.Closed;
    }

    /// <summary>Tries now; only one try is under way at a time.</summary>
    public Task TryAsync()
    {
        lock (_gate)
        {
            if (State == ReachState.Off || _options.CheckHost.Length == 0)
                return Task.CompletedTask;
            return _checking is { IsCompleted: false } ? _checking : _checking = CheckAsync();
        }
    }

    /// <summary>What a probe found on its way: that a server answered, or that it cannot be connected to.</summary>
    internal void Report(string host, bool isConnected)
    {
        lock (_gate)
        {
            if (isConnected)
            {
                _failedHosts.Clear();
                if (State != ReachState.Open)
                    Found(ReachState.Open, $"Mail servers answer ({Way}, HELO {Helo}).", LatencyMs);
                return;
            }
            if (!_failedHosts.Add(host) || _failedHosts.Count < FailuresToSuspect)
                return;
            _failedHosts.Clear();
            if (_options.CheckHost.Length > 0)
                _checking = _checking is { IsCompleted: false } ? _checking : CheckAsync();
            else
                Found(ReachState.Closed, $"{FailuresToSuspect} mail servers in a row could not be connected to ({Way}, port {_options.Port}).", 0);
        }
    }

    private async Task CheckAsync()
    {
        await Task.Yield();
        var started = _time.GetTimestamp();
        try
        {
            await using var session = await SmtpSession.OpenAsync(token => _connector.ConnectAsync(_options.CheckHost, token), _options, _time, CancellationToken.None);
            var tls = session.IsEncrypted ? "with" : "without";
            lock (_gate)
                Found(ReachState.Open, $"Port {_options.Port} is open ({Way}, HELO {Helo}): {_options.CheckHost} answered, {tls} STARTTLS.", Elapsed(started));
        }
        catch (SmtpFailureException e) when (e.Reply is { } reply)
        {
            // It answered, if only to say that it does not like us: the port is open, and the operator has to know.
            lock (_gate)
                Found(ReachState.Open, $"Port {_options.Port} is open ({Way}, HELO {Helo}), but {_options.CheckHost} refuses us: {reply}", Elapsed(started));
        }
        catch (SmtpFailureException e)
        {
            lock (_gate)
                Found(ReachState.Closed, $"Port {_options.Port} is closed, or the way to it ({Way}, HELO {Helo}): {_options.CheckHost}: {e.Message} Verdicts say smtp_not_probed.", Elapsed(started));
        }
    }

    private void Found(ReachState state, string detail, double latencyMs)
    {
        var isNews = State != state;
        (State, Detail, LatencyMs, CheckedAt) = (state, detail, latencyMs, _time.GetUtcNow());
        if (isNews)
            _log.SmtpReachChanged(state, detail);
    }

    private double Elapsed(long started) => Math.Round(_time.GetElapsedTime(started).TotalMilliseconds, 1);
}
