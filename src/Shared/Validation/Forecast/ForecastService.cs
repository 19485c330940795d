using System.Runtime.CompilerServices;
using ProspectOps.Tenancy;
using ProspectOps.Validation.Calibration;
using ProspectOps.Validation.Jobs;

namespace ProspectOps.Validation.Forecast;

/// <summary>Says what is to be expected if a job's list is written to, and what to leave out. Reads the results once, and once more for the rows to drop.</summary>
public sealed class ForecastService(JobResults results, OutcomeService outcomes)
{
    private const int DropsShown = 1_000;
    private const double Level = 0.95;

    /// <param name="maxBounceRate">0 to 1; null to be told the forecast alone.</param>
    public async Task<ForecastView> OfAsync(TenantId tenant, ValidationJob job, double? maxBounceRate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        var (classes, suppressed) = await ClassesAsync(tenant, job, maxBounceRate, cancellationToken);
        var all = classes.Values;
        var considered = all.Sum(one => one.Rows);
        var (expected, low, high) = BounceForecast.Of(Together(all));
        return new ForecastView(
            job.JobId, job.Total, considered, job.Duplicates, suppressed,
            Math.Round(expected, 2), Share(expected, considered),
            new BounceInterval(Level, Math.Round(low, 2), Math.Round(high, 2), Share(low, considered), Share(high, considered)),
            all.DistinctBy(one => (one.Score / 20, one.Family)).Sum(one => one.Rate.Reported), Bands(all), maxBounceRate,
            maxBounceRate is null ? null : await DropAsync(tenant, job, classes, cancellationToken));
    }

    /// <summary>Every row to leave out, in the input's order.</summary>
    public async IAsyncEnumerable<DroppedRow> DropsAsync(TenantId tenant, ValidationJob job, double maxBounceRate, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (classes, _) = await ClassesAsync(tenant, job, maxBounceRate, cancellationToken);
        await foreach (var row in DropsAsync(tenant, job, classes, cancellationToken))
            yield return row;
    }

    private async Task<(Dictionary<(Verdict, int, MxFamily), ForecastClass> Classes, long Suppressed)> ClassesAsync(TenantId tenant, ValidationJob job, double? maxBounceRate, CancellationToken cancellationToken)
    {
        var classes = new Dictionary<(Verdict, int, MxFamily), ForecastClass>();
        var (seen, _) = await outcomes.ReliabilityAsync(tenant, cancellationToken);
        long suppressed = 0;
        await foreach (var row in results.ReadAsync(tenant, job, cancellationToken))
        {
            if (IsSuppressed(row))
                suppressed++;
            if (!IsConsidered(row))
                continue;
            var result = row.Result!;
            var key = KeyOf(result);
            if (!classes.TryGetValue(key, out var found))
                classes.Add(key, found = new ForecastClass(result.Verdict, result.Score, key.Item3, RateOf(seen, key.Item3, result.Score)));
            found.Rows++;
        }
        if (maxBounceRate is not { } most)
            return (classes, suppressed);
        ForecastClass[] all = [.. classes.Values];
        foreach (var (one, drops) in all.Zip(BounceForecast.ToDrop([.. all.Select(one => (one.Rows, one.Rate.Mean))], most)))
            one.Drops = drops;
        return (classes, suppressed);
    }

    private async Task<ForecastDrop> DropAsync(TenantId tenant, ValidationJob job, Dictionary<(Verdict, int, MxFamily), ForecastClass> classes, CancellationToken cancellationToken)
    {
        var (rows, left) = (classes.Values.Sum(one => one.Drops), classes.Values.Sum(one => one.Rows - one.Drops));
        var after = classes.Values.Sum(one => (one.Rows - one.Drops) * one.Rate.Mean);
        var items = new List<DroppedRow>();
        if (rows > 0)
        {
            await foreach (var row in DropsAsync(tenant, job, classes, cancellationToken))
            {
                items.Add(row);
                if (items.Count == DropsShown)
                    break;
            }
        }
        return new ForecastDrop(rows, Math.Round(after, 2), Share(after, left), items);
    }

    private async IAsyncEnumerable<DroppedRow> DropsAsync(TenantId tenant, ValidationJob job, Dictionary<(Verdict, int, MxFamily), ForecastClass> classes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = classes.ToDictionary(pair => pair.Key, pair => pair.Value.Drops);
        await foreach (var row in results.ReadAsync(tenant, job, cancellationToken))
        {
            if (!IsConsidered(row) || left[KeyOf(row.Result!)]-- <= 0)
                continue;
            yield return new DroppedRow(row.Row, row.Email, row.Result!.Verdict, row.Result.Score, Math.Round(classes[KeyOf(row.Result)].Rate.Mean, 4));
        }
    }

    private static bool IsSuppressed(ResultRow row) => row.Result is { Reasons: [ValidationReasons.Suppressed, ..] };

    private static bool IsConsidered(ResultRow row) => row is { Result: not null, DuplicateOf: null } && !IsSuppressed(row);

    private static (Verdict, int, MxFamily) KeyOf(ValidationResult result) => (result.Verdict, result.Score, MxFamilies.Of(result.Checks.Mx.Hosts));

    private static BounceRate RateOf(IReadOnlyList<ReliabilityRow> seen, MxFamily family, int score)
    {
        var (reported, bounced) = OutcomeStore.Seen(seen, family, score);
        return new BounceRate(BounceEstimate.Of(score, reported, bounced), BounceEstimate.PriorWeight + reported, reported);
    }

    /// <summary>What is not known of one score is not known of its neighbours either: they vary together.</summary>
    private static IEnumerable<(long Count, BounceRate Rate)> Together(IEnumerable<ForecastClass> classes) =>
        classes.GroupBy(one => (one.Verdict, one.Score / 20, one.Family)).Select(group =>
        {
            var rows = group.Sum(one => one.Rows);
            return (rows, new BounceRate(group.Sum(one => one.Rows * one.Rate.Mean) / rows, group.Min(one => one.Rate.Weight), group.Max(one => one.Rate.Reported)));
        });

    private static ForecastBand[] Bands(IEnumerable<ForecastClass> classes) =>
    [
        .. classes.GroupBy(one => (one.Verdict, Band: Math.Min(one.Score / 10, 9))).OrderBy(band => band.Key).Select(band => new ForecastBand(
            band.Key.Verdict, band.Key.Band * 10, band.Key.Band == 9 ? 100 : band.Key.Band * 10 + 9, band.Sum(one => one.Rows),
            Share(band.Sum(one => one.Rows * one.Rate.Mean), band.Sum(one => one.Rows)))),
    ];

    private static double Share(double part, long of) => of == 0 ? 0 : Math.Round(part / of, 4);
}
