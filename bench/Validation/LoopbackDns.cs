using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProspectOps.Bench.Validation;

/// <summary>A warm name server on loopback: every domain has the mail server <c>mx.bench.com</c>, every host the address 127.0.0.1.</summary>
internal sealed class LoopbackDns : IDisposable
{
    private static readonly byte[] MailServer = [0, 10, .. Name("mx"), .. Name("bench"), .. Name("com"), 0];

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public LoopbackDns()
    {
        _socket.ReceiveBufferSize = 1024 * 1024;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        new Thread(Serve) { IsBackground = true }.Start();
    }

    public string Address => _socket.LocalEndPoint!.ToString()!;

    public void Dispose() => _socket.Dispose();

    private static byte[] Name(string label) => [(byte)label.Length, .. Encoding.ASCII.GetBytes(label)];

    private void Serve()
    {
        var question = new byte[512];
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        try
        {
            while (true)
            {
                _socket.ReceiveFrom(question, ref from);
                _socket.SendTo(Reply(question), from);
            }
        }
        catch (SocketException)
        {
            // Closed: the measurement is over.
        }
    }

    private static byte[] Reply(byte[] question)
    {
        var end = 12;
        while (question[end] != 0)
            end += question[end] + 1;
        var type = BinaryPrimitives.ReadUInt16BigEndian(question.AsSpan(end + 1));
        byte[] data = type switch { 15 => MailServer, 1 => [127, 0, 0, 1], _ => [] };
        var reply = new byte[end + 5 + (data.Length == 0 ? 0 : 12 + data.Length)];
        question.AsSpan(0, end + 5).CopyTo(reply);
        BinaryPrimitives.WriteUInt16BigEndian(reply.AsSpan(2), 0x8180);
        BinaryPrimitives.WriteUInt16BigEndian(reply.AsSpan(6), (ushort)(data.Length == 0 ? 0 : 1));
        BinaryPrimitives.WriteUInt32BigEndian(reply.AsSpan(8), 0);
        if (data.Length == 0)
            return reply;
        var answer = reply.AsSpan(end + 5);
        BinaryPrimitives.WriteUInt16BigEndian(answer, 0xC00C);
        BinaryPrimitives.WriteUInt16BigEndian(answer[2..], type);
        BinaryPrimitives.WriteUInt16BigEndian(answer[4..], 1);
        BinaryPrimitives.WriteUInt32BigEndian(answer[6..], 3_600);
        BinaryPrimitives.WriteUInt16BigEndian(answer[10..], (ushort)data.Length);
        data.CopyTo(answer[12..]);
        return reply;
    }
}
