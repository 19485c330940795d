using System.Collections.Concurrent;
using ProspectOps.Tenancy;

namespace ProspectOps.Tests.Tenancy;

/// <summary>Keeps what was raised.</summary>
internal sealed class RaisedEvents : ITenantEvents
{
    private readonly ConcurrentQueue<TenantNotice> _all = new();

    public IReadOnlyCollection<TenantNotice> All => _all;

    public Task RaiseAsync(TenantNotice happened, CancellationToken cancellationToken)
    {
        _all.Enqueue(happened);
        return Task.CompletedTask;
    }

    /// <summary>Raised in the background: waits until as many are there.</summary>
    public async Task AtLeastAsync(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (_all.Count < count)
            await Task.Delay(5, patience.Token);
    }
}
