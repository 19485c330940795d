using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ProspectOps.Tests.Validation.Smtp;

/// <summary>A mail server on a loopback port that answers by script, honest or not.</summary>
internal sealed class ScriptedMailServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener;
    private readonly ConcurrentBag<Task> _serving = [];
    private readonly Task _accepting;
    private int _sessions;
    private int _open;
    private int _mostOpen;

    public ScriptedMailServer(IPAddress? address = null, int port = 0)
    {
        _listener = new TcpListener(address ?? IPAddress.Loopback, port);
        _listener.Start();
        EndPoint = (IPEndPoint)_listener.LocalEndpoint;
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint { get; }

    public string Banner { get; set; } = "220 mx.test ESMTP ready";

    public string[] Extensions { get; set; } = ["PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES", "SMTPUTF8"];

    public bool KnowsEhlo { get; set; } = true;

    public Func<string, string> Mail { get; set; } = _ => "250 2.1.0 Ok";

    /// <summary>By the mailbox, without brackets.</summary>
    public Func<string, string> Rcpt { get; set; } = _ => "250 2.1.5 Ok";

    /// <summary>Bytes to send instead of a reply; nothing more is said in that session. Null for the usual reply.</summary>
    public Func<string, byte[]?> Instead { get; set; } = _ => null;

    /// <summary>Whether to be silent from this command on.</summary>
    public Func<string, bool> GoesSilentAt { get; set; } = _ => false;

    /// <summary>Mailboxes a session, then 421.</summary>
    public int? MostRecipients { get; set; }

    /// <summary>Waits before each answer to what came in one piece.</summary>
    public TimeSpan RoundTrip { get; set; }

    public X509Certificate2? Certificate { get; set; }

    public ConcurrentQueue<string> Commands { get; } = new();

    /// <summary>The most commands that came in one piece.</summary>
    public int MostTogether { get; private set; }

    public int Sessions => _sessions;

    public int MostSessionsAtOnce => _mostOpen;

    public IEnumerable<string> Recipients => Commands.Where(command => command.StartsWith("RCPT", StringComparison.Ordinal)).Select(Mailbox);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_serving);
        _stop.Dispose();
    }

    private static string Mailbox(string command) => command[(command.IndexOf('<', StringComparison.Ordinal) + 1)..command.LastIndexOf('>')];

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        Interlocked.Increment(ref _sessions);
        var open = Interlocked.Increment(ref _open);
        InterlockedMax(ref _mostOpen, open);
        try
        {
            using (client)
                await TalkAsync(client.GetStream());
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // Stopped, or the other side left.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        if (await ActsUpAsync(stream, "CONNECT"))
            return;
        await SendAsync(stream, Banner);
        if (!Banner.StartsWith('2'))
            return;
        var buffer = new byte[64 * 1024];
        var (text, recipients) = ("", 0);
        while (true)
        {
            var read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0)
                return;
            text += Encoding.UTF8.GetString(buffer, 0, read);
            var lines = text.Split("\r\n");
            text = lines[^1];
            MostTogether = Math.Max(MostTogether, lines.Length - 1);
            if (RoundTrip > TimeSpan.Zero)
                await Task.Delay(RoundTrip, _stop.Token);
            var replies = new StringBuilder();
            foreach (var command in lines[..^1])
            {
                Commands.Enqueue(command);
                if (Instead(command) is not null || GoesSilentAt(command))
                {
                    await SendAsync(stream, replies.ToString().TrimEnd());
                    await ActsUpAsync(stream, command);
                    return;
                }
                var verb = command.Split(' ')[0].ToUpperInvariant();
                if (verb == "RCPT" && recipients++ >= MostRecipients)
                {
                    await SendAsync(stream, replies + "421 4.7.0 Too many mailboxes in one session");
                    return;
                }
                replies.Append(ReplyTo(verb, command)).Append("\r\n");
                if (verb == "QUIT")
                    return;
            }
            await SendAsync(stream, replies.ToString().TrimEnd());
            if (lines[0] == "STARTTLS" && Certificate is not null)
            {
                var secure = new SslStream(stream);
                await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, _stop.Token);
                stream = secure;
            }
        }
    }

    private string ReplyTo(string verb, string command) => verb switch
    {
        "EHLO" when !KnowsEhlo => "502 Unknown command",
        "EHLO" => string.Join("\r\n", ((string[])["mx.test", .. Extensions]).Index().Select(one => $"250{(one.Index == Extensions.Length ? ' ' : '-')}{one.Item}")),
        "HELO" or "RSET" or "NOOP" => "250 2.0.0 Ok",
        "STARTTLS" => Certificate is null ? "454 4.7.0 TLS not available" : "220 2.0.0 Ready",
        "MAIL" => Mail(Mailbox(command)),
        "RCPT" => Rcpt(Mailbox(command)),
        "QUIT" => "221 2.0.0 Bye",
        _ => "502 5.5.2 Not here",
    };

    /// <returns>Whether the session ends here.</returns>
    private async Task<bool> ActsUpAsync(Stream stream, string command)
    {
        if (GoesSilentAt(command))
        {
            await stream.ReadAsync(new byte[1024], _stop.Token);
            return true;
        }
        if (Instead(command) is not { } bytes)
            return false;
        await stream.WriteAsync(bytes, _stop.Token);
        return true;
    }

    private async Task SendAsync(Stream stream, string reply)
    {
        if (reply.Length > 0)
            await stream.WriteAsync(Encoding.UTF8.GetBytes(reply + "\r\n"), _stop.Token);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = target; value > seen; seen = target)
            Interlocked.CompareExchange(ref target, value, seen);
    }
}
