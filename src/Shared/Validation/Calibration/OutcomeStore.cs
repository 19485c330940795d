using System.Globalization;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;
using ProspectOps.Validation.Cache;

namespace ProspectOps.Validation.Calibration;

/// <summary>Table <c>Outcomes</c>: tenant|shard(8) · <c>o|</c>SHA-256 of the canonical address, <c>c</c> the shard's counters. An address is counted
/// once, by its newest outcome; the counters move in the transaction that writes it.</summary>
public sealed class OutcomeStore(IStorage storage, TimeProvider time)
{
    private const int Shards = 8;
    private const int Attempts = 50;
    private const int BandWidth = 20;
    private const int Bands = 5;
    private const string CounterRow = "c";
    // Rates are summed in millionths, so that sums stay exact.
    private const double Millionths = 1_000_000;

    private readonly ITable _table = storage.Table("Outcomes");

    /// <summary>Records what became of mail to an address. The same twice is once; another outcome takes the place of the one before.</summary>
    public async Task RecordAsync(TenantId tenant, EmailAddress address, Outcome outcome, Prediction? prediction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        var hash = MailboxHash.HexOf(address.Canonical);
        var partition = Partition(tenant, int.Parse(hash.AsSpan(0, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture) % Shards);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var before = await _table.FindAsync(partition, $"o|{hash}", cancellationToken);
            if (before?.Text("Outcome") == outcome.ToString())
                return;
            var counter = await _table.FindAsync(partition, CounterRow, cancellationToken);
            var after = new TableRow(partition, $"o|{hash}")
            {
                ["Outcome"] = outcome.ToString(),
                ["Cell"] = prediction is null ? null : Cell(prediction.Family, prediction.Score),
                ["Predicted"] = prediction is null ? null : (long)Math.Round(prediction.BounceRate * Millionths),
                ["At"] = time.GetUtcNow(),
                Version = before?.Version,
            };
            var moved = new TableRow(partition, CounterRow) { Version = counter?.Version };
            foreach (var (name, value) in counter?.Values ?? new Dictionary<string, object>())
                moved[name] = value;
            Move(moved, before, -1);
            Move(moved, after, 1);
            var result = await _table.TransactAsync(
                [before is null ? TableWrite.Insert(after) : TableWrite.Replace(after), counter is null ? TableWrite.Insert(moved) : TableWrite.Replace(moved)], cancellationToken);
            if (result.Committed)
                return;
        }
        throw new TimeoutException($"A counter changed under {Attempts} attempts to move it.");
    }

    /// <summary>All of a tenant's sums; outcomes of addresses that were never judged are in the last number.</summary>
    public async Task<(IReadOnlyList<ReliabilityRow> Rows, long Unpredicted)> ReliabilityAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var counters = await Task.WhenAll(Enumerable.Range(0, Shards).Select(shard => _table.FindAsync(Partition(tenant, shard), CounterRow, cancellationToken)));
        long Sum(string name) => counters.Sum(counter => counter?.Number(name) ?? 0);
        var rows = new List<ReliabilityRow>();
        foreach (var family in Enum.GetValues<MxFamily>())
        {
            for (var band = 0; band < Bands; band++)
            {
                var cell = $"{family}{band}";
                var (delivered, bounced, complained) = (Sum($"{cell}Delivered"), Sum($"{cell}Bounced"), Sum($"{cell}Complained"));
                if (delivered + bounced + complained is not (> 0 and var reported))
                    continue;
                rows.Add(new ReliabilityRow(
                    family, band * BandWidth, band == Bands - 1 ? 100 : (band + 1) * BandWidth - 1, reported, delivered, bounced, complained,
                    Math.Round(Sum($"{cell}Predicted") / Millionths / reported, 4), Math.Round((double)bounced / reported, 4)));
            }
        }
        return (rows, Sum("Unpredicted"));
    }

    /// <summary>Outcomes reported, and bounces among them, of addresses of the same family and band.</summary>
    internal static (long Reported, long Bounced) Seen(IReadOnlyList<ReliabilityRow> rows, MxFamily family, int score) =>
        rows.FirstOrDefault(row => row.MxFamily == family && score >= row.ScoreFrom && score <= row.ScoreTo) is { } row ? (row.Reported, row.Bounced) : (0, 0);

    private static void Move(TableRow counter, TableRow? outcome, int by)
    {
        if (outcome is null)
            return;
        if (outcome.Text("Cell") is not { } cell)
        {
            counter["Unpredicted"] = counter.Number("Unpredicted") + by;
            return;
        }
        counter[cell + outcome.Text("Outcome")] = counter.Number(cell + outcome.Text("Outcome")) + by;
        counter[$"{cell}Predicted"] = counter.Number($"{cell}Predicted") + by * outcome.Number("Predicted");
    }

    private static string Cell(MxFamily family, int score) => $"{family}{Math.Min(score / BandWidth, Bands - 1)}";

    private static string Partition(TenantId tenant, int shard) => string.Create(CultureInfo.InvariantCulture, $"{tenant.Value}|{shard}");
}
