namespace ProspectOps.Validation.Jobs;

/// <summary>Numbers the different ones of many hashes in the order in which they come, and counts each. About 20 bytes for each different one; not thread-safe.</summary>
/// <remarks>
/// Hashes alone are compared: of 4 million different addresses, two share one of 64 bits in one list of two million, and the
/// later of them then gets the verdict of the other.
/// </remarks>
internal sealed class AddressIndex
{
    private const int Empty = 0;

    private ulong[] _hashes = new ulong[1024];
    private int[] _counts = new int[1024];
    // Ordinal + 1, where its hash belongs or in the next place that is free; half of the places at least are.
    private int[] _slots = new int[4096];

    public int Count { get; private set; }

    /// <returns>Its ordinal, and whether it is the first with this hash.</returns>
    public (int Ordinal, bool IsNew) Add(ulong hash)
    {
        var mask = _slots.Length - 1;
        for (var slot = (int)(hash >> 32 ^ hash) & mask; ; slot = (slot + 1) & mask)
        {
            if (_slots[slot] == Empty)
            {
                _slots[slot] = Append(hash) + 1;
                if (Count * 2 > _slots.Length)
                    Grow();
                return (Count - 1, true);
            }
            var ordinal = _slots[slot] - 1;
            if (_hashes[ordinal] == hash)
            {
                _counts[ordinal]++;
                return (ordinal, false);
            }
        }
    }

    /// <summary>Numbers one that is like no other.</summary>
    /// <remarks>It stands in no slot, so nothing finds it.</remarks>
    public int AddAlone() => Append(0);

    /// <summary>How many rows share the one with this ordinal, itself included.</summary>
    public int CountOf(int ordinal) => _counts[ordinal];

    private int Append(ulong hash)
    {
        if (Count == _hashes.Length)
        {
            Array.Resize(ref _hashes, Count * 2);
            Array.Resize(ref _counts, Count * 2);
        }
        _hashes[Count] = hash;
        _counts[Count] = 1;
        return Count++;
    }

    private void Grow()
    {
        var slots = new int[_slots.Length * 2];
        var mask = slots.Length - 1;
        foreach (var entry in _slots)
        {
            if (entry == Empty)
                continue;
            var hash = _hashes[entry - 1];
            var slot = (int)(hash >> 32 ^ hash) & mask;
            while (slots[slot] != Empty)
                slot = (slot + 1) & mask;
            slots[slot] = entry;
        }
        _slots = slots;
    }
}
