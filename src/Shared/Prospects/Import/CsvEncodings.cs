using System.Text;

namespace ProspectOps.Prospects.Import;

/// <summary>The encodings that files come in.</summary>
public static class CsvEncodings
{
    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    public static Encoding Utf16LittleEndian { get; } = new UnicodeEncoding(bigEndian: false, byteOrderMark: false);

    public static Encoding Utf16BigEndian { get; } = new UnicodeEncoding(bigEndian: true, byteOrderMark: false);

    /// <summary>What Excel writes in western Europe unless told otherwise. Asked of its provider directly, so that nothing is
    /// registered for the whole process.</summary>
    public static Encoding Windows1252 { get; } = CodePagesEncodingProvider.Instance.GetEncoding(1252)
        ?? throw new InvalidOperationException("The runtime lacks code page 1252.");

    /// <summary>The encoding that an upload's row names by <see cref="Encoding.WebName"/>.</summary>
    /// <exception cref="ArgumentException">None of ours.</exception>
    public static Encoding ByName(string webName) =>
        new[] { Utf8, Utf16LittleEndian, Utf16BigEndian, Windows1252 }.FirstOrDefault(encoding => encoding.WebName == webName)
        ?? throw new ArgumentException($"No encoding of ours is called {webName}.", nameof(webName));

    /// <summary>How many octets of <paramref name="start"/> are a byte order mark.</summary>
    internal static int MarkLength(ReadOnlySpan<byte> start, Encoding encoding)
    {
        var mark = Encoding.GetEncoding(encoding.CodePage is 1200 or 1201 or 65001 ? encoding.CodePage : 20127).Preamble;
        return !mark.IsEmpty && start.StartsWith(mark) ? mark.Length : 0;
    }
}
