namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>Keys of the messages that an instance has taken lately. Bounded: a message is seen twice only while its row is being removed.</summary>
internal sealed class TakenKeys
{
    private const int Kept = 2_000;

    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly Queue<string> _byAge = new();

    /// <returns>Whether the key is new.</returns>
    public bool Add(string key)
    {
        if (!_keys.Add(key))
            return false;
        _byAge.Enqueue(key);
        if (_byAge.Count > Kept)
            _keys.Remove(_byAge.Dequeue());
        return true;
    }
}
