using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProspectOps.LocalRuntime.Durable.Hub;

/// <summary>Wakes the owner of an instance at once: a datagram over the loopback interface. One that gets lost costs time and nothing else.</summary>
internal sealed class Doorbell : IDisposable
{
    private readonly Socket _socket;
    private readonly string _id;
    private readonly CancellationTokenSource _stop = new();

    /// <param name="id">This process's. A datagram has to name it: it is known to those who can read the hub's table.</param>
    /// <param name="onRing">Takes key and instance id of a note; empty if the hub's rows are to be read.</param>
    /// <exception cref="SocketException">There is no port.</exception>
    public Doorbell(string id, Action<string, string> onRing)
    {
        _id = id;
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Port = ((IPEndPoint)_socket.LocalEndPoint!).Port;
        _ = ListenAsync(onRing);
    }

    public int Port { get; }

    public async Task RingAsync(HubMember member, string key, string instanceId)
    {
        if (member.Doorbell == 0 || member.Machine != Environment.MachineName)
            return;
        try
        {
            await _socket.SendToAsync(Encoding.UTF8.GetBytes($"{member.Id}\n{key}\n{instanceId}"), new IPEndPoint(IPAddress.Loopback, member.Doorbell), _stop.Token);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // It looks by itself, later.
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ListenAsync(Action<string, string> onRing)
    {
        var buffer = new byte[4096];
        var stopping = _stop.Token;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var length = await _socket.ReceiveAsync(buffer, stopping);
                if (Encoding.UTF8.GetString(buffer, 0, length).Split('\n', 3) is [var id, var key, var instanceId] && id == _id)
                    onRing(key, instanceId);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // A datagram that was refused elsewhere, or one that is too long.
            }
        }
    }
}
