using System.Collections.Concurrent;
using System.Diagnostics;
using ProspectOps.Tenancy;
using ProspectOps.Testing;

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
        var waited = Stopwatch.StartNew();
        while (_all.Count < count)
        {
            Assert.True(waited.Elapsed < Patience.Usual, $"Raised were: {string.Join(", ", _all)}");
            await Task.Delay(5);
        }
    }
}
