using System.Net;
using System.Net.Sockets;

namespace ProspectOps.Validation.Smtp;

/// <summary>Straight over TCP.</summary>
internal sealed class DirectTransport : IMailTransport
{
    public string Way => "direct";

    public Task<Stream> ConnectAsync(IPEndPoint server, CancellationToken cancellationToken) => ConnectAsync((EndPoint)server, cancellationToken);

    internal static async Task<Stream> ConnectAsync(EndPoint server, CancellationToken cancellationToken)
    {
        var socket = server is IPEndPoint known
            ? new Socket(known.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new SmtpFailureException(MailboxState.NoConnection, $"The connection failed: {e.SocketErrorCode}.");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
