using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProspectOps.Bench.Validation;

/// <summary>A mail server on loopback that answers what comes in one piece a round trip later; mailboxes that begin with <c>a</c> exist.</summary>
internal sealed class LoopbackMail : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TimeSpan _roundTrip;
    private readonly bool _isPipelined;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public LoopbackMail(TimeSpan roundTrip, bool isPipelined)
    {
        (_roundTrip, _isPipelined) = (roundTrip, isPipelined);
        _listener.Start(512);
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        client.NoDelay = true;
        var stream = client.GetStream();
        var buffer = new byte[16 * 1024];
        try
        {
            await Task.Delay(_roundTrip, _stop.Token);
            await stream.WriteAsync("220 mx.bench.com ESMTP\r\n"u8.ToArray(), _stop.Token);
            var text = "";
            while (await stream.ReadAsync(buffer, _stop.Token) is > 0 and var read)
            {
                text += Encoding.ASCII.GetString(buffer, 0, read);
                var lines = text.Split("\r\n");
                text = lines[^1];
                await Task.Delay(_roundTrip, _stop.Token);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Concat(lines[..^1].Select(ReplyTo))), _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // The other side left, or the measurement is over.
        }
    }

    private string ReplyTo(string command) => command switch
    {
        _ when command.StartsWith("EHLO", StringComparison.Ordinal) => _isPipelined ? "250-mx.bench.com\r\n250 PIPELINING\r\n" : "250 mx.bench.com\r\n",
        _ when command.StartsWith("RCPT TO:<a", StringComparison.Ordinal) => "250 2.1.5 Ok\r\n",
        _ when command.StartsWith("RCPT", StringComparison.Ordinal) => "550 5.1.1 Unknown\r\n",
        _ when command.StartsWith("QUIT", StringComparison.Ordinal) => "221 2.0.0 Bye\r\n",
        _ => "250 2.0.0 Ok\r\n",
    };
}
