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
    // A cell that begins like a formula would be run by a spreadsheet: it gets an apostrophe.
    private static readonly CsvWriterOptions Safe = CsvWriterOptions.Default with { Injection = CsvInjection.Escape, HasHeader = false };

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

    public static IResult Csv<T>(string name, IAsyncEnumerable<T> rows, IReadOnlyList<string> columns, Func<T, object?[]> cells) => new FileResult($"{name}.csv", "text/csv; charset=utf-8", async (stream, token) =>
    {
        await using var csv = CsvWriter.Create(stream, Safe, leaveOpen: true);
        await csv.WriteRecordAsync([.. columns], token);
        await foreach (var row in rows.WithCancellation(token))
        {
            foreach (var cell in cells(row))
                csv.WriteField(Convert.ToString(cell, CultureInfo.InvariantCulture));
            await csv.EndRecordAsync(token);
        }
    });

    public static IResult JsonLines<T>(string name, IAsyncEnumerable<T> rows) => new FileResult($"{name}.jsonl", "application/x-ndjson", async (stream, token) =>
    {
        await foreach (var row in rows.WithCancellation(token))
        {
            await JsonSerializer.SerializeAsync(stream, row, JsonDefaults.Options, token);
            await stream.WriteAsync("\n"u8.ToArray(), token);
        }
    });

    private sealed class FileResult(string name, string contentType, Func<Stream, CancellationToken, Task> write) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = contentType;
            response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
            await write(response.BodyWriter.AsStream(), httpContext.RequestAborted);
            await response.CompleteAsync();
        }
    }
}
