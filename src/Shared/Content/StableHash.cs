using System.Runtime.InteropServices;

namespace ProspectOps.Content;

/// <summary>The same number for the same text on every machine and in every version, to choose variants by. Not for security.</summary>
/// <remarks>FNV-1a over UTF-16, finished as SplitMix64 does so that the low bits are as good as the high ones.</remarks>
internal static class StableHash
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static ulong Of(params ReadOnlySpan<string?> parts)
    {
        var hash = Offset;
        foreach (var part in parts)
        {
            foreach (var unit in MemoryMarshal.Cast<char, ushort>(part.AsSpan()))
                hash = (hash ^ unit) * Prime;
            // Keeps ("ab", "c") apart from ("a", "bc").
            hash = (hash ^ 0x1F) * Prime;
        }

        return Mix(hash);
    }

    /// <summary>A new number out of one and a position.</summary>
    public static ulong Mix(ulong seed, int position = 0)
    {
        var mixed = seed + (((ulong)(uint)position + 1) * 0x9E3779B97F4A7C15);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
