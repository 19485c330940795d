using ProspectOps.Campaigns;

namespace ProspectOps.Pipeline;

/// <summary>How a shard's people are cut into chunks: ten at most, and all of one partition of the campaign, so that what a chunk writes is one transaction.</summary>
public static class ShardLayout
{
    public const int PeopleInShard = 500;
    public const int PeopleInChunk = 10;

    public static IReadOnlyList<ShardProspect> Sorted(IEnumerable<ShardProspect> people) =>
        [.. people.OrderBy(person => ProspectShard.OfKey(person.Key).Number).ThenBy(person => person.Key, StringComparer.Ordinal)];

    /// <summary>Start and count of each chunk, of people in sorted order.</summary>
    public static IReadOnlyList<(int Start, int Count)> Chunks(IReadOnlyList<ShardProspect> sorted)
    {
        ArgumentNullException.ThrowIfNull(sorted);
        var chunks = new List<(int, int)>();
        for (var start = 0; start < sorted.Count;)
        {
            var partition = ProspectShard.OfKey(sorted[start].Key);
            var end = start + 1;
            while (end < sorted.Count && end - start < PeopleInChunk && ProspectShard.OfKey(sorted[end].Key) == partition)
                end++;
            chunks.Add((start, end - start));
            start = end;
        }
        return chunks;
    }
}
