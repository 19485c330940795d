using System.Runtime.CompilerServices;
using System.Text;

namespace ProspectOps.Prospects.Import;

/// <summary>A CSV file of people, read as it comes.</summary>
public sealed class ProspectCsv : IAsyncDisposable
{
    private readonly CsvFile _file;
    private readonly RowMapper _mapper;
    private bool _hasFirstRow = true;

    private ProspectCsv(CsvFile file, HeaderMap header)
    {
        _file = file;
        _mapper = new RowMapper(header);
        Columns = header.Columns;
    }

    /// <summary>The file's columns, in its order.</summary>
    public IReadOnlyList<CsvColumn> Columns { get; }

    /// <summary>Reads the header and looks for a first row.</summary>
    /// <param name="stream">From its beginning, with or without a byte order mark. Belongs to the result, which disposes it.</param>
    /// <param name="encoding">As <see cref="TextEncodingScanner"/> found it.</param>
    /// <exception cref="Platform.Errors.DomainException"><c>csv_empty</c>, <c>csv_binary</c>, <c>csv_no_usable_column</c>,
    /// <c>csv_duplicate_column</c>, <c>csv_too_many_columns</c>, <c>csv_no_rows</c>, <c>csv_quote_open</c>, <c>csv_row_too_long</c>.</exception>
    public static async Task<ProspectCsv> OpenAsync(Stream stream, Encoding encoding, CancellationToken cancellationToken)
    {
        var file = await CsvFile.OpenAsync(stream, encoding, cancellationToken);
        try
        {
            var header = HeaderMap.Of(file.Header);
            return await file.ReadAsync(cancellationToken) ? new ProspectCsv(file, header) : throw CsvErrors.NoRows();
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>Every data row, rejected ones too, in the file's order. Once only.</summary>
    /// <exception cref="Platform.Errors.DomainException"><c>csv_quote_open</c>, <c>csv_row_too_long</c>: the rest of the file cannot be trusted.</exception>
    public async IAsyncEnumerable<ImportedRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The first row is under the reader already: opening the file had to know that there is one.
        while (_hasFirstRow || await _file.ReadAsync(cancellationToken))
        {
            _hasFirstRow = false;
            cancellationToken.ThrowIfCancellationRequested();
            yield return _mapper.Map(_file.Reader);
        }
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
