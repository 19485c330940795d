using System.Collections.Concurrent;
using System.Text;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>What goes wrong, from a seed: the n-th call of a kind meets the same fault however calls interleave.</summary>
internal sealed class FaultySequence(int seed)
{
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);

    // A share of faults of its own for each seed, from rare to every other call.
    private readonly uint _percent = 5 + (uint)seed * 7919u % 46;

    /// <summary>Every fault, in the order of its number.</summary>
    public const int Kinds = 7;

    /// <param name="call">Names the kind of call and what it is about.</param>
    /// <returns>The number of a fault, from 0 to <see cref="Kinds"/> - 1; <see langword="null"/> if all goes well.</returns>
    public int? Next(string call)
    {
        var count = _calls.AddOrUpdate(call, 1, static (_, before) => before + 1);
        var hash = Hash(call, count);
        // A call that has failed often enough goes through: storage comes back.
        return count > 40 || hash % 100 >= _percent ? null : (int)(hash / 100 % Kinds);
    }

    private uint Hash(string call, int count)
    {
        // FNV-1a, then mixed.
        var hash = 2_166_136_261u;
        foreach (var value in Encoding.UTF8.GetBytes($"{seed}|{call}|{count}"))
            hash = (hash ^ value) * 16_777_619u;
        hash ^= hash >> 16;
        hash *= 0x7FEB_352Du;
        hash ^= hash >> 15;
        hash *= 0x846C_A68Bu;
        return hash ^ (hash >> 16);
    }
}
