using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace ProspectOps.Validation.Smtp;

/// <summary>Through a SOCKS5 proxy (RFC 1928), with a user and password where it asks for them (RFC 1929).</summary>
/// <remarks>The proxy is told an address, not a name: whether the address may be talked to was judged here, and a name could resolve otherwise there.</remarks>
internal sealed class Socks5Transport(DnsEndPoint proxy, string? user, string? password) : IMailTransport
{
    private const byte Version = 5;
    private const byte NoAuthentication = 0;
    private const byte UserAndPassword = 2;
    private const byte Connect = 1;

    private static readonly string[] Refusals =
        ["", "general failure", "not allowed by its rules", "network unreachable", "host unreachable", "connection refused", "time to live expired", "command not supported", "address type not supported"];

    public string Way => "socks5";

    public async Task<Stream> ConnectAsync(IPEndPoint server, CancellationToken cancellationToken)
    {
        var stream = await DirectTransport.ConnectAsync(proxy, cancellationToken);
        try
        {
            await NegotiateAsync(stream, cancellationToken);
            await RequestAsync(stream, server, cancellationToken);
            return stream;
        }
        catch (Exception e) when (e is IOException or EndOfStreamException)
        {
            await stream.DisposeAsync();
            throw Failure("broke off the connection");
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private async Task NegotiateAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] greeting = user is null ? [Version, 1, NoAuthentication] : [Version, 2, NoAuthentication, UserAndPassword];
        await stream.WriteAsync(greeting, cancellationToken);
        var choice = new byte[2];
        await stream.ReadExactlyAsync(choice, cancellationToken);
        if (choice[0] != Version)
            throw Failure("is no SOCKS5 proxy");
        if (choice[1] == NoAuthentication)
            return;
        if (choice[1] != UserAndPassword || user is null)
            throw Failure("wants an authentication that we do not have");

        var name = Encoding.UTF8.GetBytes(user);
        var secret = Encoding.UTF8.GetBytes(password ?? "");
        await stream.WriteAsync((byte[])[1, (byte)name.Length, .. name, (byte)secret.Length, .. secret], cancellationToken);
        await stream.ReadExactlyAsync(choice, cancellationToken);
        if (choice[1] != 0)
            throw Failure("refuses our user and password");
    }

    private static async Task RequestAsync(Stream stream, IPEndPoint server, CancellationToken cancellationToken)
    {
        var address = server.Address.GetAddressBytes();
        var port = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(port, (ushort)server.Port);
        await stream.WriteAsync((byte[])[Version, Connect, 0, (byte)(address.Length == 4 ? 1 : 4), .. address, .. port], cancellationToken);

        var head = new byte[4];
        await stream.ReadExactlyAsync(head, cancellationToken);
        if (head[0] != Version)
            throw Failure("is no SOCKS5 proxy");
        if (head[1] != 0)
            throw Failure($"answered: {(head[1] < Refusals.Length ? Refusals[head[1]] : "an unknown error")}");
        // The address that it connects from, which is of no use to us.
        var length = head[3] switch
        {
            1 => 4,
            4 => 16,
            3 => await ReadByteAsync(stream, cancellationToken),
            _ => throw Failure("is no SOCKS5 proxy"),
        };
        await stream.ReadExactlyAsync(new byte[length + 2], cancellationToken);
    }

    private static async Task<int> ReadByteAsync(Stream stream, CancellationToken cancellationToken)
    {
        var one = new byte[1];
        await stream.ReadExactlyAsync(one, cancellationToken);
        return one[0];
    }

    private static SmtpFailureException Failure(string what) => new(MailboxState.NoConnection, $"The SOCKS5 proxy {what}.");
}
