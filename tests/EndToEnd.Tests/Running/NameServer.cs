using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProspectOps.EndToEnd.Tests.Running;

/// <summary>A name server on loopback that knows one mail server for every domain, takes its time, and counts the questions.</summary>
public sealed class NameServer : IAsyncDisposable
{
    private const int HeaderBytes = 12;

    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _serving;
    private readonly TimeSpan _pause;

    public NameServer(TimeSpan pause)
    {
        _pause = pause;
        _serving = ServeAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_socket.Client.LocalEndPoint!;

    /// <summary>How often each domain was asked for.</summary>
    public ConcurrentDictionary<string, int> Asked { get; } = new(StringComparer.OrdinalIgnoreCase);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving;
        _socket.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var question = await _socket.ReceiveAsync(_stopping.Token);
                _ = AnswerAsync(question);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(UdpReceiveResult received)
    {
        var (name, end) = Question(received.Buffer);
        Asked.AddOrUpdate(name, 1, (_, count) => count + 1);
        try
        {
            await Task.Delay(_pause, _stopping.Token);
            await _socket.SendAsync(Reply(received.Buffer, end), received.RemoteEndPoint, _stopping.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over, or who asked is dead.
        }
    }

    private static (string Name, int End) Question(byte[] message)
    {
        var name = new StringBuilder();
        var place = HeaderBytes;
        while (message[place] is > 0 and var length)
        {
            name.Append(Encoding.ASCII.GetString(message, place + 1, length)).Append('.');
            place += length + 1;
        }
        return (name.ToString().TrimEnd('.'), place + 5);
    }

    /// <summary>RFC 1035: the question again, and one MX record whatever was asked.</summary>
    private static byte[] Reply(byte[] question, int end)
    {
        byte[] answer = [0xC0, HeaderBytes, 0, 15, 0, 1, 0, 0, 1, 44, 0, 6, 0, 10, 2, (byte)'m', (byte)'x', 0];
        byte[] reply = [.. question.AsSpan(0, end), .. answer];
        BinaryPrimitives.WriteUInt16BigEndian(reply.AsSpan(2), 0x8180);
        BinaryPrimitives.WriteUInt16BigEndian(reply.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt16BigEndian(reply.AsSpan(6), 1);
        BinaryPrimitives.WriteUInt32BigEndian(reply.AsSpan(8), 0);
        return reply;
    }
}
