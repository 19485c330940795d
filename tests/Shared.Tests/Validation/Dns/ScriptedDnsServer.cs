using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProspectOps.Tests.Validation.Dns;

/// <summary>A name server on a loopback port, over UDP and TCP, that answers by script.</summary>
internal sealed class ScriptedDnsServer : IAsyncDisposable
{
    /// <summary>What the product asks to see whether a resolver knows the public DNS; answered, and not listed among the questions.</summary>
    public const string CertainName = "com";

    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly TcpListener _tcp;
    private readonly ConcurrentDictionary<(string Name, int Type), Func<byte[], byte[][]>> _script = new();
    private readonly Task _serving;

    public ScriptedDnsServer()
    {
        // The TCP port has to be the UDP one's number, which somebody may hold: then another.
        while (true)
        {
            _tcp = new TcpListener(IPAddress.Loopback, 0);
            _tcp.Start();
            try
            {
                _udp.Bind(_tcp.LocalEndpoint);
                break;
            }
            catch (SocketException)
            {
                _tcp.Dispose();
            }
        }
        EndPoint = (IPEndPoint)_tcp.LocalEndpoint;
        Answers(CertainName, DnsAnswer.Mx);
        _serving = Task.WhenAll(ServeUdpAsync(), ServeTcpAsync());
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Every question that came, as <c>name/type</c>, TCP ones with <c>/tcp</c>.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public ScriptedDnsServer Answers(string name, int type, params DnsAnswer[] answers) => Replies(name, type, question => [Reply(question, 0, 0, answers)]);

    public ScriptedDnsServer Fails(string name, int type, int code) => Replies(name, type, question => [Reply(question, 0, code)]);

    public ScriptedDnsServer CutsDatagrams(string name, int type, params DnsAnswer[] answers)
    {
        Answers(name + "/tcp", type, answers);
        return Replies(name, type, question => [Reply(question, 0x0200, 0)]);
    }

    /// <param name="name">Of the domain.</param>
    /// <param name="type">Of the question.</param>
    /// <param name="time">Whose patience is over as soon as the question is there.</param>
    public ScriptedDnsServer IsSilent(string name, int type, ManualTime time) => Replies(name, type, _ =>
    {
        time.Lapse();
        return [];
    });

    /// <summary>Any number of datagrams for one question.</summary>
    public ScriptedDnsServer Replies(string name, int type, Func<byte[], byte[][]> replies)
    {
        _script[(name, type)] = replies;
        return this;
    }

    public static byte[] Reply(byte[] question, int flags, int code, params DnsAnswer[] answers)
    {
        // The question's section alone, without the EDNS record that may follow it.
        var end = 12;
        while (question[end] != 0)
            end += question[end] + 1;
        var reply = question[..(end + 5)];
        BinaryPrimitives.WriteUInt16BigEndian(reply.AsSpan(2), (ushort)(0x8180 | flags | code));
        BinaryPrimitives.WriteUInt16BigEndian(reply.AsSpan(6), (ushort)answers.Length);
        BinaryPrimitives.WriteUInt16BigEndian(reply.AsSpan(10), 0);
        return [.. reply, .. answers.SelectMany(answer => answer.ToBytes())];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _udp.Dispose();
        _tcp.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeUdpAsync()
    {
        var buffer = new byte[512];
        try
        {
            while (true)
            {
                var received = await _udp.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                foreach (var reply in Handle(buffer[..received.ReceivedBytes], ""))
                    await _udp.SendToAsync(reply, SocketFlags.None, received.RemoteEndPoint, _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeTcpAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _tcp.AcceptTcpClientAsync(_stop.Token);
                var stream = client.GetStream();
                var length = new byte[2];
                await stream.ReadExactlyAsync(length, _stop.Token);
                var question = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
                await stream.ReadExactlyAsync(question, _stop.Token);
                foreach (var reply in Handle(question, "/tcp"))
                {
                    BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)reply.Length);
                    await stream.WriteAsync((byte[])[.. length, .. reply], _stop.Token);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException or IOException)
        {
            // Stopped.
        }
    }

    private byte[][] Handle(byte[] question, string transport)
    {
        var labels = new List<string>();
        var at = 12;
        while (question[at] != 0)
        {
            labels.Add(Encoding.ASCII.GetString(question, at + 1, question[at]));
            at += question[at] + 1;
        }
        var name = string.Join('.', labels);
        var type = BinaryPrimitives.ReadUInt16BigEndian(question.AsSpan(at + 1));
        if (name != CertainName)
            Asked.Enqueue($"{name}/{type}{transport}");
        return _script.TryGetValue((name + transport, type), out var reply) ? reply(question) : [Reply(question, 0, 3)];
    }
}
