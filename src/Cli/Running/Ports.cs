using System.Net;
using System.Net.Sockets;

namespace ProspectOps.Cli.Running;

internal static class Ports
{
    public const int App = 7071;
    public const int Storage = 10_000;
    /// <summary>Blobs, queues and tables listen on three ports in a row.</summary>
    public const int StorageCount = 3;

    public static bool AreFree(int first, int count) => Enumerable.Range(first, count).All(IsFree);

    public static int FirstTaken(int first, int count) => Enumerable.Range(first, count).First(port => !IsFree(port));

    /// <summary>The preferred ports where they are free, else the next free ones below the range of outgoing connections.</summary>
    public static int Choose(int preferred, int count)
    {
        for (var first = preferred; first < 32_000; first += count)
        {
            if (AreFree(first, count))
                return first;
        }
        throw new CommandFailedException($"No {count} free ports in a row between {preferred} and 32000.");
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
