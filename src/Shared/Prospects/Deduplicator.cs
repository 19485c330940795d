using System.Text;

namespace ProspectOps.Prospects;

/// <summary>Finds who is in a list more than once, and which record to keep.</summary>
/// <remarks>
/// <para>Two records are the same person: if both have a canonical address and these are equal; or if one of them at least has
/// none, and last name, company and first name match (or both lack a first name); or if neither has one and their LinkedIn
/// profiles match. People with different addresses stay different, whatever record without address matches both: that
/// record joins the first of them.</para>
/// <para>The record kept has a canonical address if any has; then the most fields; then the earliest line.</para>
/// <para>Holds hashes, not text: about 32 bytes a record, 100 at most while <see cref="Resolve"/> runs. Not thread-safe.</para>
/// </remarks>
public sealed class Deduplicator
{
    private const int ChunkRecords = 8_192;

    // In chunks, because one growing array would for a moment need twice the memory.
    private readonly List<DuplicateCandidate[]> _chunks = [];
    private int[] _lines = [];
    private int[] _winners = [];
    private bool _isResolved;

    /// <summary>Records added.</summary>
    public int Count { get; private set; }

    /// <summary>Records that repeat another one; known once resolved.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Adds a record.</summary>
    /// <param name="line">What names it: its line in a file, its place in a list. Each once, in any order.</param>
    /// <exception cref="InvalidOperationException">The list is resolved already.</exception>
    public void Add(int line, Prospect prospect)
    {
        if (_isResolved)
            throw new InvalidOperationException("Resolved already: add every record first.");
        var identity = PersonIdentity.Of(prospect);
        if (Count % ChunkRecords == 0)
            _chunks.Add(new DuplicateCandidate[ChunkRecords]);
        _chunks[^1][Count % ChunkRecords] = new(
            line,
            (ushort)Math.Min(FilledFields(prospect), ushort.MaxValue),
            Hash(identity.CanonicalEmail),
            Hash(identity.PersonAtCompany),
            Hash(identity.Linkedin));
        Count++;
    }

    /// <summary>Decides, after the last record.</summary>
    public void Resolve()
    {
        if (_isResolved)
            return;
        var records = new DuplicateCandidate[Count];
        for (var i = 0; i < _chunks.Count; i++)
            _chunks[i].AsSpan(0, Math.Min(ChunkRecords, Count - i * ChunkRecords)).CopyTo(records.AsSpan(i * ChunkRecords));
        _chunks.Clear();
        Array.Sort(records, static (a, b) => a.Line.CompareTo(b.Line));

        _winners = DuplicateGroups.Winners(records);
        _lines = Array.ConvertAll(records, static record => record.Line);
        for (var i = 0; i < _winners.Length; i++)
            Duplicates += _winners[i] == _lines[i] ? 0 : 1;
        _isResolved = true;
    }

    /// <summary>The line of the record to keep in place of this one; null where this one is kept.</summary>
    /// <exception cref="InvalidOperationException">Not resolved yet.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such line was added.</exception>
    public int? DuplicateOf(int line)
    {
        if (!_isResolved)
            throw new InvalidOperationException("Not resolved yet.");
        var index = Array.BinarySearch(_lines, line);
        ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(line));
        return _winners[index] == line ? null : _winners[index];
    }

    private static int FilledFields(Prospect prospect)
    {
        ReadOnlySpan<string?> texts =
        [
            prospect.Email, prospect.FirstName, prospect.LastName, prospect.Title, prospect.Company,
            prospect.CompanyDomain, prospect.Country, prospect.LinkedinUrl, prospect.Notes,
        ];
        var filled = prospect.Employees is null ? 0 : 1;
        foreach (var text in texts)
            filled += string.IsNullOrWhiteSpace(text) ? 0 : 1;
        return filled + (prospect.Custom?.Count(pair => !string.IsNullOrWhiteSpace(pair.Value)) ?? 0);
    }

    /// <summary>64 bits of the text, never 0; 0 for none. In a million records two texts share one once in 37 million lists.</summary>
    /// <remarks>FNV-1a with the finaliser of MurmurHash3, which spreads what FNV leaves close together.</remarks>
    private static ulong Hash(string? text)
    {
        if (text is null)
            return 0;
        Span<byte> buffer = stackalloc byte[512];
        var utf8 = Encoding.UTF8.GetMaxByteCount(text.Length) <= buffer.Length
            ? buffer[..Encoding.UTF8.GetBytes(text, buffer)]
            : Encoding.UTF8.GetBytes(text);
        var hash = 14695981039346656037UL;
        foreach (var octet in utf8)
            hash = unchecked((hash ^ octet) * 1099511628211UL);
        unchecked
        {
            hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
            hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL;
        }
        hash ^= hash >> 33;
        return hash == 0 ? 1 : hash;
    }
}
