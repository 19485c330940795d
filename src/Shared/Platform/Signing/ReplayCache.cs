using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ProspectOps.Platform.Signing;

/// <summary>Remembers which signatures were taken, for as long as their timestamps hold. For this process alone, and bounded: who must not act twice needs a row that says so.</summary>
/// <remarks>Two generations, each as old as a signature may get or as large as the bound allows: forgetting costs nothing.</remarks>
public sealed class ReplayCache(TimeProvider clock, int most = ReplayCache.UsualMost)
{
    private const int UsualMost = 50_000;

    // A timestamp may lie as far ahead as behind.
    private static readonly TimeSpan Generation = 2 * SignatureVerifier.Tolerance;

    private readonly Lock _gate = new();
    private HashSet<UInt128> _current = [];
    private HashSet<UInt128> _previous = [];
    private long _since = clock.GetTimestamp();

    public bool Contains(string signature)
    {
        var hash = Hash(signature);
        lock (_gate)
        {
            Turn();
            return _current.Contains(hash) || _previous.Contains(hash);
        }
    }

    public void Add(string signature)
    {
        var hash = Hash(signature);
        lock (_gate)
        {
            Turn();
            _current.Add(hash);
        }
    }

    private void Turn()
    {
        if (_current.Count < most / 2 && clock.GetElapsedTime(_since) < Generation)
            return;
        _previous = _current;
        _current = [];
        _since = clock.GetTimestamp();
    }

    private static UInt128 Hash(string signature) => MemoryMarshal.Read<UInt128>(SHA256.HashData(Encoding.UTF8.GetBytes(signature)));
}
