using System.Globalization;

namespace ProspectOps.Pipeline;

/// <summary>Which step of which chunk: the rows that hold its result and count it.</summary>
public readonly record struct ChunkKey(string Stage, int Shard, int Chunk)
{
    public string ResultRow => string.Create(CultureInfo.InvariantCulture, $"{Chunk:00000}");

    /// <summary>Names the step among all that a campaign's partitions count.</summary>
    public string Marker => string.Create(CultureInfo.InvariantCulture, $"{Stage}|{Shard:00000}|{Chunk:00000}");

    public string CounterRow => string.Create(CultureInfo.InvariantCulture, $"s|{Stage}|{Shard:00000}");
}
