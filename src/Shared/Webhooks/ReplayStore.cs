using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>Table <c>WebhookEndpoints</c>, partition tenant|replays · replayId.</summary>
public sealed class ReplayStore(IStorage storage)
{
    private readonly ITable _table = storage.Table("WebhookEndpoints");

    /// <summary>Adds it; one with that id already there was made by the same request before.</summary>
    public Task AddAsync(TenantId tenant, Replay replay, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(replay);
        return _table.TryInsertAsync(new TableRow(Partition(tenant), replay.ReplayId)
        {
            ["EndpointId"] = replay.EndpointId,
            ["Since"] = replay.Since,
            ["Until"] = replay.Until,
            ["PerSecond"] = replay.PerSecond,
        }, cancellationToken);
    }

    public async Task<Replay?> FindAsync(TenantId tenant, string replayId, CancellationToken cancellationToken) =>
        await _table.FindAsync(Partition(tenant), replayId, cancellationToken) is { } row ? Read(row) : null;

    /// <summary>All that are kept: those of which a batch is left, or that are young.</summary>
    public async Task<IReadOnlyList<Replay>> AllAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var replays = new List<Replay>();
        await foreach (var row in _table.RangeAsync(Partition(tenant), "", "~", 1000, cancellationToken))
            replays.Add(Read(row));
        return replays;
    }

    public Task DeleteAsync(TenantId tenant, string replayId, CancellationToken cancellationToken) => _table.DeleteAsync(Partition(tenant), replayId, cancellationToken);

    private static Replay Read(TableRow row) => new(row.Row, row.Text("EndpointId")!, row.Time("Since")!.Value, row.Time("Until")!.Value, (double)row["PerSecond"]!);

    private static string Partition(TenantId tenant) => $"{tenant.Value}|replays";
}
