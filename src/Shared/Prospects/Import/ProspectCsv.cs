using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;

namespace ProspectOps.Prospects.Import;

/// <summary>A CSV file of people, read as it comes: memory does not grow with the file.</summary>
/// <remarks>Comma, semicolon or tab, whichever the header holds most of outside quotes; CRLF, LF or CR; quoted line ends; blank
/// lines are no rows. Quotes follow RFC 4180; a stray one inside an unquoted field is text.</remarks>
public sealed class ProspectCsv : IAsyncDisposable
{
    // Holds any sane header; one that is longer is read all the same, only its separator is judged by this much.
    private const int Lookahead = 65_536;

    private readonly CsvReader _reader;
    private readonly RowMapper _mapper;
    private bool _hasFirstRow = true;

    private ProspectCsv(CsvReader reader, HeaderMap header)
    {
        _reader = reader;
        _mapper = new RowMapper(header);
        Columns = header.Columns;
    }

    /// <summary>The file's columns, in its order.</summary>
    public IReadOnlyList<CsvColumn> Columns { get; }

    /// <summary>Reads the header and looks for a first row.</summary>
    /// <param name="stream">From its beginning, with or without a byte order mark. Belongs to the result, which disposes it.</param>
    /// <param name="encoding">As <see cref="TextEncodingScanner"/> found it.</param>
    /// <exception cref="Platform.Errors.DomainException"><c>csv_empty</c>, <c>csv_binary</c>, <c>csv_no_usable_column</c>,
    /// <c>csv_duplicate_column</c>, <c>csv_too_many_columns</c>, <c>csv_no_rows</c>, <c>csv_row_too_long</c>.</exception>
    public static async Task<ProspectCsv> OpenAsync(Stream stream, Encoding encoding, CancellationToken cancellationToken)
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
        var reader = CsvReader.Create(
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
            leaveOpen: false);
        try
        {
            var isHeader = await NextAsync(reader, cancellationToken) && (!dialect.HasHint || await NextAsync(reader, cancellationToken));
            if (!isHeader)
                throw CsvErrors.Empty();
            var header = HeaderMap.Of(Fields(reader));
            return await NextAsync(reader, cancellationToken) ? new ProspectCsv(reader, header) : throw CsvErrors.NoRows();
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    /// <summary>Every data row, rejected ones too, in the file's order. Once only.</summary>
    /// <exception cref="Platform.Errors.DomainException"><c>csv_row_too_long</c>: the rest of the file cannot be trusted.</exception>
    public async IAsyncEnumerable<ImportedRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The first row is under the reader already: opening the file had to know that there is one.
        while (_hasFirstRow || await NextAsync(_reader, cancellationToken))
        {
            _hasFirstRow = false;
            cancellationToken.ThrowIfCancellationRequested();
            yield return _mapper.Map(_reader);
        }
    }

    public ValueTask DisposeAsync() => _reader.DisposeAsync();

    /// <summary>The next row that is not blank.</summary>
    private static async ValueTask<bool> NextAsync(CsvReader reader, CancellationToken cancellationToken)
    {
        try
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                if (reader.FieldCount > 1 || reader.GetSpan(0).ContainsAnyExcept(" \t"u8))
                    return true;
            }
            return false;
        }
        catch (CsvFormatException e)
        {
            throw CsvErrors.RowTooLong(e.LineNumber);
        }
    }

    private static string[] Fields(CsvReader reader)
    {
        var fields = new string[reader.FieldCount];
        for (var i = 0; i < fields.Length; i++)
            fields[i] = reader.GetString(i);
        return fields;
    }
}
