using System.Net;
using System.Net.Sockets;

namespace ProspectOps.Testing;

/// <summary>Ports of 127.0.0.1 that nothing listens on, handed out once in a process.</summary>
public static class FreePorts
{
    private static readonly Lock Gate = new();
    // Below the range that the system gives to outgoing connections, so that none takes a port between here and its use.
    private static int _next = 12_000 + Environment.ProcessId * 16 % 18_000;

    /// <summary>The first of <paramref name="count"/> ports in a row.</summary>
    public static int Take(int count)
    {
        lock (Gate)
        {
            while (true)
            {
                var first = _next;
                _next = _next > 31_000 ? 12_000 : _next + count;
                if (Enumerable.Range(first, count).All(IsFree))
                    return first;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
