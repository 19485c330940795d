using ProspectOps.Platform.Storage;

namespace ProspectOps.Validation.Jobs;

/// <summary>A job's sums, as its counter row has them: exact at any moment.</summary>
/// <param name="Done">Rows whose verdict is known, duplicates too.</param>
/// <param name="Hits">Addresses that the cache answered.</param>
public sealed record JobCounts(long Done, long ChunksDone, long ChunksDead, long Hits, long Misses, IReadOnlyDictionary<Verdict, long> ByVerdict)
{
    internal static JobCounts Of(TableRow? row) => new(
        row?.Number("Done") ?? 0,
        row?.Number("Chunks") ?? 0,
        row?.Number("Dead") ?? 0,
        row?.Number("Hits") ?? 0,
        row?.Number("Misses") ?? 0,
        Enum.GetValues<Verdict>().ToDictionary(verdict => verdict, verdict => row?.Number(verdict.ToString()) ?? 0));

    public bool AllOver(int chunks) => ChunksDone + ChunksDead >= chunks;

    /// <summary>What a chunk that is done adds.</summary>
    internal static Dictionary<string, long> Deltas(ChunkInput input, ChunkResult result)
    {
        var deltas = new Dictionary<string, long> { ["Chunks"] = 1, ["Done"] = input.Rows.Sum() };
        foreach (var (one, rows) in result.Results.Zip(input.Rows))
        {
            Add(one.Verdict.ToString(), rows);
            Add(one.Cached ? "Hits" : "Misses", 1);
        }
        return deltas;

        void Add(string name, long value) => deltas[name] = deltas.GetValueOrDefault(name) + value;
    }
}
