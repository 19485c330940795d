using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace ProspectOps.Validation.Dns;

/// <summary>Asks recursive name servers over UDP, and over TCP what does not fit a datagram (RFC 1035, RFC 7766).</summary>
/// <remarks>Every question has an unpredictable id and a socket of its own, so a port of its own, connected to its server: a reply
/// from elsewhere, with another id or to another question is not taken (RFC 5452). No package: none of the feed resolves MX.</remarks>
internal sealed class DnsClient(IReadOnlyList<IPEndPoint> servers, TimeSpan timeout, int tries, TimeProvider time)
{
    // Room to notice more than we asked for.
    private const int BufferLength = 4_096;
    // An alias of an alias of an alias: further than any honest zone goes.
    private const int MostAliases = 8;

    // The server that answered last is asked first; servers that do not answer cost their timeout once, not every time.
    private int _preferred;

    public bool HasServers => servers.Count > 0;

    /// <summary>Asks until somebody answers, and follows aliases; a failure reported by one server lets the next one try.</summary>
    public async Task<DnsReply> AskAsync(string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        var reply = await AskOneAsync(name, type, cancellationToken);
        for (var aliases = 1; reply is { Status: DnsStatus.Answered, Alias: { } alias }; aliases++)
        {
            if (aliases > MostAliases || !IsAskable(alias))
                return DnsReply.Empty(DnsStatus.Failed);
            reply = await AskOneAsync(alias, type, cancellationToken);
        }
        return reply;
    }

    private async Task<DnsReply> AskOneAsync(string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        var worst = DnsReply.NoAnswer;
        var first = Volatile.Read(ref _preferred);
        for (var attempt = 0; HasServers && attempt < Math.Max(tries, servers.Count); attempt++)
        {
            var server = (first + attempt) % servers.Count;
            var reply = await TryAskAsync(servers[server], name, type, withEdns: true, cancellationToken);
            if (reply is { RefusesEdns: true })
                reply = await TryAskAsync(servers[server], name, type, withEdns: false, cancellationToken);
            if (reply is { Status: DnsStatus.Answered or DnsStatus.NoSuchName })
            {
                Volatile.Write(ref _preferred, server);
                return reply;
            }
            worst = reply ?? worst;
        }
        return worst;
    }

    // A name in a reply can hold anything; a question can hold only what fits its labels.
    private static bool IsAskable(string name) => name.Length is > 0 and <= EmailLimits.Domain && System.Text.Ascii.IsValid(name);

    private async Task<DnsReply?> TryAskAsync(IPEndPoint server, string name, DnsRecordType type, bool withEdns, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var question = DnsMessage.Question((ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1), name, type, withEdns);
        try
        {
            var reply = await AskByUdpAsync(server, question, name, type, either.Token);
            return reply.IsTruncated ? await AskByTcpAsync(server, question, name, type, either.Token) : reply;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e) when (e is SocketException or EndOfStreamException or IOException)
        {
            // Refused, unreachable, reset: no answer from this one.
            return null;
        }
    }

    private static async Task<DnsReply> AskByUdpAsync(IPEndPoint server, byte[] question, string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancellationToken);
        await socket.SendAsync(question, SocketFlags.None, cancellationToken);
        var buffer = new byte[BufferLength];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
            // What does not fit is a stray or a forgery: the true answer may still come.
            if (DnsMessage.Read(buffer.AsSpan(0, length), question, name, type) is { } reply)
                return reply;
        }
    }

    private static async Task<DnsReply?> AskByTcpAsync(IPEndPoint server, byte[] question, string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, cancellationToken);
        await using var stream = new NetworkStream(socket);
        var framed = new byte[question.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)question.Length);
        question.CopyTo(framed, 2);
        await stream.WriteAsync(framed, cancellationToken);

        var prefix = new byte[2];
        await stream.ReadExactlyAsync(prefix, cancellationToken);
        var message = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
        await stream.ReadExactlyAsync(message, cancellationToken);
        var reply = DnsMessage.Read(message, question, name, type);
        // A server that cuts even here has nothing more to say.
        return reply is { IsTruncated: true } ? null : reply;
    }
}
