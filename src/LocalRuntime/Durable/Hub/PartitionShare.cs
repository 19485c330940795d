namespace ProspectOps.LocalRuntime.Durable.Hub;

/// <summary>How many partitions each process is to have. Pure: all processes come to the same shares.</summary>
internal static class PartitionShare
{
    /// <param name="memberId">Whose share.</param>
    /// <param name="alive">Ids of all processes alive, that one among them.</param>
    /// <param name="owners">Who has each partition now: where the shares cannot be equal, who has more keeps more.</param>
    /// <param name="partitions">How many there are.</param>
    public static int Of(string memberId, IEnumerable<string> alive, IEnumerable<string> owners, int partitions)
    {
        var counts = owners.CountBy(owner => owner).ToDictionary();
        var order = alive.OrderByDescending(id => counts.GetValueOrDefault(id)).ThenBy(id => id, StringComparer.Ordinal).ToArray();
        var rank = Array.IndexOf(order, memberId);
        return partitions / order.Length + (rank < partitions % order.Length ? 1 : 0);
    }

    /// <summary>The same in every process and at every start.</summary>
    public static uint Hash(string instanceId)
    {
        // FNV-1a over UTF-16.
        var hash = 2_166_136_261u;
        foreach (var character in instanceId)
            hash = (hash ^ character) * 16_777_619u;
        return hash;
    }
}
