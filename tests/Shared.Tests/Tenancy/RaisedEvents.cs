using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using ProspectOps.Tenancy;
using ProspectOps.Testing;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Tenancy;

/// <summary>Keeps what was raised, and holds each against the catalogue of events.</summary>
internal sealed class RaisedEvents : ITenantEvents
{
    private readonly ConcurrentQueue<TenantNotice> _all = new();
    private readonly ConcurrentQueue<string> _faults = new();

    public IReadOnlyCollection<TenantNotice> All => _all;

    /// <summary>What of it is not as the catalogue has it.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    public Task RaiseAsync(TenantNotice happened, CancellationToken cancellationToken)
    {
        var body = JsonNode.Parse(EventBatch.BodyOf(happened.Type, DateTimeOffset.UnixEpoch, happened.Data));
        if (EventSchema.Fault(EventCatalog.All.Single(one => one.Type == happened.Type).Schema, body) is { } fault)
            _faults.Enqueue($"{happened.Type}: {fault}");
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
