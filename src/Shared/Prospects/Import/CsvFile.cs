using System.Text;
using CsvHelper;

namespace ProspectOps.Prospects.Import;

/// <summary>A CSV file, read row by row as it comes: memory does not grow with the file.</summary>
/// <remarks>Comma, semicolon or tab, whichever the header holds most of outside quotes; CRLF, LF or CR; quoted line ends; blank
/// lines are no rows. Quotes follow RFC 4180; a stray one inside an unquoted field is text.</remarks>
public sealed class CsvFile : IAsyncDisposable
{
    // Holds any sane header; one that is longer is read all the same, only its separator is judged by this much.
    private const int Lookahead = 65_536;

    private CsvFile(CsvReader reader) => (Reader, Header) = (reader, []);

    /// <summary>Names of the columns, as they stand in the file.</summary>
    public string[] Header { get; private set; }

    internal CsvReader Reader { get; }

    /// <summary>Reads the header.</summary>
    /// <param name="stream">From its beginning, with or without a byte order mark. Belongs to the result, which disposes it.</param>
    /// <param name="encoding">As <see cref="TextEncodingScanner"/> found it.</param>
    /// <exception cref="Platform.Errors.DomainException"><c>csv_empty</c>, <c>csv_binary</c>, <c>csv_quote_open</c>, <c>csv_row_too_long</c>.</exception>
    public static async Task<CsvFile> OpenAsync(Stream stream, Encoding encoding, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(encoding);
        var buffer = new byte[Lookahead];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        var prefix = buffer.AsMemory(0, length);
        prefix = prefix[CsvEncodings.MarkLength(prefix.Span, encoding)..];
        var start = encoding.GetString(prefix.Span);
        if (start.Contains('\0', StringComparison.Ordinal))
            throw CsvErrors.Binary();

        var dialect = CsvDialect.Of(start);
        var file = new CsvFile(CsvReader.Create(
            new PrefixedStream(prefix, stream),
            CsvReaderOptions.Default with
            {
                Separator = dialect.Separator,
                HasHeader = false,
                Encoding = encoding,
                TrackLineNumbers = true,
                DetectSeparatorHint = false,
                MaxRecordSize = CsvLimits.Row,
                IncludeValuesInExceptions = false,
            },
            leaveOpen: false));
        try
        {
            var isHeader = await file.ReadAsync(cancellationToken) && (!dialect.HasHint || await file.ReadAsync(cancellationToken));
            if (!isHeader)
                throw CsvErrors.Empty();
            file.Header = file.Cells();
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>Goes to the next row that is not blank; false at the end.</summary>
    /// <exception cref="Platform.Errors.DomainException"><c>csv_quote_open</c>, <c>csv_row_too_long</c>: the rest of the file cannot be trusted.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await Reader.ReadAsync(cancellationToken))
            {
                if (EndsInQuotes())
                    throw CsvErrors.QuoteOpen(Reader.LineNumber);
                if (Reader.FieldCount > 1 || Reader.GetSpan(0).ContainsAnyExcept(" \t"u8))
                    return true;
            }
            return false;
        }
        catch (CsvFormatException e)
        {
            throw CsvErrors.RowTooLong(e.LineNumber);
        }
    }

    /// <summary>The cells of the row that was read last, as many as it has.</summary>
    public string[] Cells()
    {
        var cells = new string[Reader.FieldCount];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = Reader.GetString(i);
        return cells;
    }

    public ValueTask DisposeAsync() => Reader.DisposeAsync();

    // The parser takes a quote that is never closed as closed by the end of the file: every row behind it would be text of one cell.
    private bool EndsInQuotes()
    {
        var rest = Reader.GetRawSpan(Reader.FieldCount - 1);
        if (rest is not [(byte)'"', ..])
            return false;
        do
        {
            rest = rest[1..];
            var quote = rest.IndexOf((byte)'"');
            if (quote < 0)
                return true;
            rest = rest[(quote + 1)..];
        }
        while (rest is [(byte)'"', ..]);    // a doubled one is text
        return false;
    }
}
