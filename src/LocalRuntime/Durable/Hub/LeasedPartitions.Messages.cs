using System.Net.Sockets;
using ProspectOps.LocalRuntime.Durable.Engine;

namespace ProspectOps.LocalRuntime.Durable.Hub;

internal sealed partial class LeasedPartitions
{
    public async Task TellOwnerAsync(int partition, string instanceId, CancellationToken cancellationToken)
    {
        partition %= options.PartitionCount;
        var key = await table.RingAsync(partition, instanceId, cancellationToken);
        if (Owns(partition))
            OnRing(key, instanceId);
        else if (_claims.TryGetValue(partition, out var claim) && _others.FirstOrDefault(other => other.Id == claim.Owner) is { } owner)
            await RingAsync(owner, key, instanceId);
        else
            await RingAllAsync();
    }

    private void OnRing(string key, string instanceId)
    {
        if (instanceId.Length > 0)
        {
            _ = TryAnswerAsync(key, instanceId);
            return;
        }
        _isLookWanted = true;
        _wake.Release();
    }

    private async Task TryAnswerAsync(string key, string instanceId)
    {
        try
        {
            await AnswerAsync(key, instanceId, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The note stays for the next owner.
        }
        catch (Exception exception)
        {
            // The note stays, and is read with the next look.
            log.LeasesFailed(exception);
            _isLookWanted = true;
            _wake.Release();
        }
    }

    private async Task AnswerAsync(string key, string instanceId, CancellationToken cancellationToken)
    {
        if (await _holder!.LookAtAsync(instanceId, cancellationToken))
            await table.RemoveBellAsync(key, cancellationToken);
    }

    private Task RingAllAsync() => Task.WhenAll(_others.Select(other => RingAsync(other, "", "")));

    private Task RingAsync(HubMember member, string key, string instanceId) => _doorbell?.RingAsync(member, key, instanceId) ?? Task.CompletedTask;

    private Doorbell? TryListen()
    {
        try
        {
            return new Doorbell(_id, OnRing);
        }
        catch (SocketException exception)
        {
            log.NoDoorbell(exception);
            return null;
        }
    }
}
