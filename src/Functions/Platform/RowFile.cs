using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Microsoft.AspNetCore.Http;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Json;

namespace ProspectOps.Functions.Platform;

/// <summary>Rows as a CSV or JSON Lines file, written as they are read.</summary>
internal static class RowFile
{
    // What a cell begins with that a spreadsheet would run as a formula, as OWASP lists it.
    private const string Formula = "=+-@\t\r";

    private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { HasHeader = false };

    /// <param name="cells">A row's cells, in the order of <paramref name="columns"/>.</param>
    /// <exception cref="DomainException"><c>validation_failed</c>: query parameter <c>format</c>.</exception>
    public static IResult Of<T>(HttpRequest request, string name, IAsyncEnumerable<T> rows, IReadOnlyList<string> columns, Func<T, object?[]> cells)
    {
        var format = request.Query["format"].ToString();
        return format switch
        {
            "" or "csv" => Csv(name, rows, columns, cells),
            "jsonl" => JsonLines(name, rows),
            _ => throw new DomainException(ApiErrors.QueryInvalid("format", "must be csv or jsonl")),
        };
    }

    /// <param name="kept">Leading columns that the caller sent: they go back as they came (ADR 0050).</param>
    public static IResult Csv<T>(string name, IAsyncEnumerable<T> rows, IReadOnlyList<string> columns, Func<T, object?[]> cells, int kept = 0) => new FileResult($"{name}.csv", "text/csv; charset=utf-8", async (stream, token) =>
    {
        await using var csv = CsvWriter.Create(stream, Options, leaveOpen: true);
        await WriteAsync(csv, columns, kept, token);
        await foreach (var row in rows.WithCancellation(token))
            await WriteAsync(csv, cells(row), kept, token);
    });

    public static IResult JsonLines<T>(string name, IAsyncEnumerable<T> rows) => new FileResult($"{name}.jsonl", "application/x-ndjson", async (stream, token) =>
    {
        await foreach (var row in rows.WithCancellation(token))
        {
            await JsonSerializer.SerializeAsync(stream, row, JsonDefaults.Options, token);
            await stream.WriteAsync("\n"u8.ToArray(), token);
        }
    });

    private static ValueTask WriteAsync(CsvWriter csv, IReadOnlyList<object?> cells, int kept, CancellationToken cancellationToken)
    {
        for (var index = 0; index < cells.Count; index++)
        {
            var text = Convert.ToString(cells[index], CultureInfo.InvariantCulture);
            if (index >= kept && text is [var first, ..] && Formula.Contains(first, StringComparison.Ordinal))
                csv.WriteField($"'{text}", CsvQuoting.Always);
            else
                csv.WriteField(text);
        }
        return csv.EndRecordAsync(cancellationToken);
    }

    private sealed class FileResult(string name, string contentType, Func<Stream, CancellationToken, Task> write) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = contentType;
            response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
            var stream = new StreamedBytes(response.BodyWriter.AsStream());
            httpContext.Features.Set(stream);
            await write(stream, httpContext.RequestAborted);
            await response.CompleteAsync();
        }
    }
}
