using System.Collections.Frozen;
using System.Numerics;

namespace ProspectOps.Content.Copy;

/// <summary>A set of facts, one bit each.</summary>
internal readonly record struct FactSet(uint Bits)
{
    private const uint SpecificBits = (1u << ((int)Fact.Offer + 1)) - 1;

    private static readonly FrozenDictionary<string, Fact> ByName = Enum.GetValues<Fact>()
        .ToFrozenDictionary(fact => char.ToLowerInvariant(fact.ToString()[0]) + fact.ToString()[1..], StringComparer.Ordinal);

    public bool IsEmpty => Bits == 0;

    /// <summary>How many of them are about the person or the sender.</summary>
    public int Specific => BitOperations.PopCount(Bits & SpecificBits);

    public static bool TryName(string name, out Fact fact) => ByName.TryGetValue(name, out fact);

    /// <summary>Reads names parted by spaces.</summary>
    /// <exception cref="FormatException">A name is not one of <see cref="Fact"/>.</exception>
    public static FactSet Parse(string names)
    {
        var bits = 0u;
        foreach (var name in names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryName(name, out var fact))
                throw new FormatException($"A template needs \"{name}\", which is no fact.");
            bits |= 1u << (int)fact;
        }

        return new(bits);
    }

    public bool Has(Fact fact) => (Bits & (1u << (int)fact)) != 0;

    public bool Covers(FactSet needed) => (Bits & needed.Bits) == needed.Bits;

    public IEnumerable<Fact> Each()
    {
        for (var bits = Bits; bits != 0; bits &= bits - 1)
            yield return (Fact)BitOperations.TrailingZeroCount(bits);
    }

    public FactSet With(Fact fact) => new(Bits | (1u << (int)fact));

    public FactSet Without(Fact fact) => new(Bits & ~(1u << (int)fact));
}
