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

    /// <summary>What a pass over a chunk adds.</summary>
    /// <param name="before">What was counted of it already.</param>
    internal static Dictionary<string, long> Deltas(ChunkInput input, ChunkResult before, ChunkResult after, int hits, int misses)
    {
        var deltas = new Dictionary<string, long> { ["Done"] = 0, ["Hits"] = hits, ["Misses"] = misses, ["Chunks"] = after.IsWhole ? 1 : 0 };
        for (var i = 0; i < input.Emails.Length; i++)
        {
            if (before.IsFinal(i) || !after.IsFinal(i))
                continue;
            var verdict = after.Results[i]!.Verdict.ToString();
            deltas["Done"] += input.Rows[i];
            deltas[verdict] = deltas.GetValueOrDefault(verdict) + input.Rows[i];
        }
        return deltas;
    }
}
