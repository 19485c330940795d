using System.Text;

namespace ProspectOps.Prospects.Import;

/// <summary>Finds out how a file is encoded while it passes by: feed it every block in order, then ask.</summary>
/// <remarks>
/// A byte order mark decides. Else NULs in every other place mean UTF-16; any other NUL means that it is no text. Else it is
/// UTF-8 if every octet of the file fits, and Windows-1252 if one does not: a guess from the beginning alone would be wrong for
/// a long file whose first accent comes late. Not thread-safe.
/// </remarks>
public sealed class TextEncodingScanner
{
    // Of the code units of UTF-16 text at least this share is ASCII (separators, line ends, addresses), with the other octet NUL.
    private const double NulShare = 0.02;

    private readonly byte[] _start = new byte[8];
    private readonly Utf8Validator _utf8 = new();
    private long _length;
    private long _evenNuls;
    private long _oddNuls;

    /// <summary>Takes the next block, of any size.</summary>
    public void Append(ReadOnlySpan<byte> block)
    {
        for (var i = 0; i < block.Length && _length + i < _start.Length; i++)
            _start[_length + i] = block[i];
        if (block.Contains((byte)0))
            CountNuls(block);
        _utf8.Append(block);
        _length += block.Length;
    }

    /// <summary>The encoding, after the last block.</summary>
    /// <exception cref="Platform.Errors.DomainException"><c>csv_empty</c>; <c>csv_binary</c>.</exception>
    public Encoding Result
    {
        get
        {
            var start = _start.AsSpan(0, (int)Math.Min(_length, _start.Length));
            if (_length == 0)
                throw CsvErrors.Empty();
            if (IsKnownBinary(start))
                throw CsvErrors.Binary();
            if (start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
                return _evenNuls + _oddNuls > 0 ? throw CsvErrors.Binary() : _utf8.IsValid ? CsvEncodings.Utf8 : CsvEncodings.Windows1252;
            if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
                return CsvEncodings.Utf16LittleEndian;
            if (start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
                return CsvEncodings.Utf16BigEndian;
            if (_evenNuls + _oddNuls > 0)
                return Utf16ByNuls();
            return _utf8.IsValid ? CsvEncodings.Utf8 : CsvEncodings.Windows1252;
        }
    }

    private Encoding Utf16ByNuls()
    {
        var (few, many) = (Math.Min(_evenNuls, _oddNuls), Math.Max(_evenNuls, _oddNuls));
        if (_length % 2 != 0 || many < NulShare * (_length / 2) || few > many / 20)
            throw CsvErrors.Binary();
        return _oddNuls > _evenNuls ? CsvEncodings.Utf16LittleEndian : CsvEncodings.Utf16BigEndian;
    }

    private void CountNuls(ReadOnlySpan<byte> block)
    {
        for (var i = 0; i < block.Length; i++)
        {
            if (block[i] != 0)
                continue;
            if (((_length + i) & 1) == 0)
                _evenNuls++;
            else
                _oddNuls++;
        }
    }

    /// <summary>What people upload by mistake: xlsx and zip, xls, PDF, gzip, PNG, JPEG; and UTF-32, which nothing else here reads.</summary>
    private static bool IsKnownBinary(ReadOnlySpan<byte> start) =>
        start.StartsWith("PK\x03\x04"u8) || start.StartsWith("%PDF"u8) || start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])
        || start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) || start.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47])
        || start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) || start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0])
        || start.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]);
}
