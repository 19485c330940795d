using System.Globalization;

namespace ProspectOps.Pipeline;

/// <summary>Which step of which chunk: the rows that say it is done and that count it.</summary>
public readonly record struct ChunkKey(string Stage, int Shard, int Chunk)
{
    public string Row => string.Create(CultureInfo.InvariantCulture, $"d|{Stage}|{Shard:00000}|{Chunk:00000}");

    public string CounterRow => string.Create(CultureInfo.InvariantCulture, $"s|{Stage}|{Shard:00000}");
}
