using System.Collections.Concurrent;
using ProspectOps.Tenancy;
using ProspectOps.Validation.Cache;

namespace ProspectOps.Validation.Calibration;

/// <summary>Holds what was predicted against what really happened, and predicts from it.</summary>
public sealed class OutcomeService(OutcomeStore store, ValidationCache cache, TimeProvider time)
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<TenantId, (IReadOnlyList<ReliabilityRow> Rows, long ReadAt)> _known = new();

    /// <summary>Records an outcome beside the verdict that is remembered of the address.</summary>
    /// <returns>What had been predicted; null where the address was not judged within its verdict's lifetime.</returns>
    public async Task<Prediction?> RecordAsync(TenantId tenant, EmailAddress address, Outcome outcome, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        var known = await cache.FindManyAsync(tenant, [address.Canonical], smtpProbe: false, CacheUse.Storage, cancellationToken);
        var prediction = known.TryGetValue(address.Canonical, out var verdict)
            ? await PredictAsync(tenant, verdict.Verdict, verdict.Score, verdict.Mx.Hosts, cancellationToken)
            : null;
        await store.RecordAsync(tenant, address, outcome, prediction, cancellationToken);
        return prediction;
    }

    /// <summary>How likely mail to an address with this verdict bounces, by its score, and by the outcomes that the tenant reported of others like it.</summary>
    public async ValueTask<Prediction> PredictAsync(TenantId tenant, Verdict verdict, int score, IReadOnlyList<string> mxHosts, CancellationToken cancellationToken)
    {
        var family = MxFamilies.Of(mxHosts);
        var (reported, bounced) = OutcomeStore.Seen(await RowsAsync(tenant, cancellationToken), family, score);
        return new Prediction(verdict, score, family, BounceEstimate.Of(score, reported, bounced));
    }

    public Task<(IReadOnlyList<ReliabilityRow> Rows, long Unpredicted)> ReliabilityAsync(TenantId tenant, CancellationToken cancellationToken) =>
        store.ReliabilityAsync(tenant, cancellationToken);

    private async ValueTask<IReadOnlyList<ReliabilityRow>> RowsAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(tenant, out var known) && time.GetElapsedTime(known.ReadAt) < KnownFor)
            return known.Rows;
        var (rows, _) = await store.ReliabilityAsync(tenant, cancellationToken);
        _known[tenant] = (rows, time.GetTimestamp());
        return rows;
    }
}
