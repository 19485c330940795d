using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProspectOps.Tests.Validation.Smtp;

/// <summary>A SOCKS5 proxy on a loopback port (RFC 1928, 1929).</summary>
internal sealed class ScriptedProxy : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Task> _serving = [];
    private readonly Task _accepting;

    public ScriptedProxy()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => _listener.LocalEndpoint.ToString()!;

    /// <summary>As <c>user:password</c>; null where everybody may.</summary>
    public string? Wants { get; init; }

    /// <summary>What it answers to CONNECT; 0 is yes.</summary>
    public byte Answer { get; init; }

    /// <summary>What it begins with instead of its version.</summary>
    public byte Version { get; init; } = 5;

    public List<IPEndPoint> Connected { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_serving);
        _stop.Dispose();
    }

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
        try
        {
            using (client)
                await TalkAsync(client.GetStream());
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // Stopped, or the other side left.
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        var head = await ReadAsync(stream, 2);
        var methods = await ReadAsync(stream, head[1]);
        var method = Wants is null ? (byte)0 : methods.Contains((byte)2) ? (byte)2 : (byte)0xFF;
        await stream.WriteAsync((byte[])[Version, method], _stop.Token);
        if (method == 2)
        {
            var user = Encoding.UTF8.GetString(await ReadAsync(stream, (await ReadAsync(stream, 2))[1]));
            var password = Encoding.UTF8.GetString(await ReadAsync(stream, (await ReadAsync(stream, 1))[0]));
            await stream.WriteAsync((byte[])[1, (byte)($"{user}:{password}" == Wants ? 0 : 1)], _stop.Token);
        }
        var request = await ReadAsync(stream, 4);
        var address = new IPAddress(await ReadAsync(stream, request[3] == 1 ? 4 : 16));
        var port = await ReadAsync(stream, 2);
        var target = new IPEndPoint(address, port[0] << 8 | port[1]);
        await stream.WriteAsync((byte[])[5, Answer, 0, 3, 4, .. "name"u8, 0, 1], _stop.Token);
        if (Answer != 0)
            return;
        Connected.Add(target);
        using var server = new TcpClient();
        await server.ConnectAsync(target, _stop.Token);
        var there = stream.CopyToAsync(server.GetStream(), _stop.Token);
        var back = server.GetStream().CopyToAsync(stream, _stop.Token);
        await Task.WhenAny(there, back);
    }

    private async Task<byte[]> ReadAsync(Stream stream, int length)
    {
        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes, _stop.Token);
        return bytes;
    }
}
