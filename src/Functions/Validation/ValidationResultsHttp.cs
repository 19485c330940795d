using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Json;
using ProspectOps.Validation;
using ProspectOps.Validation.Jobs;

namespace ProspectOps.Functions.Validation;

/// <summary>What came of a job, as files.</summary>
public sealed class ValidationResultsHttp(JobResults results)
{
    [Function("GetValidationResults")]
    [Requires("validation:read")]
    [Operation("Answers every row in the input's order: its columns first and as they were, then ours.")]
    [Parameter("format", "Of the file; csv where none is named.", OneOf = ["csv", "jsonl"])]
    [Parameter("verdict", "Rows with this verdict alone; several with commas.", Example = "deliverable,risky")]
    [Answers(200)]
    [AnswersFile("text/csv", "application/x-ndjson")]
    [Refuses("job_not_found", "job_running")]
    public async Task<IResult> ResultsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "validation/jobs/{id}/results")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var verdicts = VerdictsOf(request);
        var job = await results.RequireOverAsync(request.Tenant(), id, cancellationToken);
        var input = await results.ColumnsAsync(request.Tenant(), job, cancellationToken);
        var columns = ResultColumns.Named(input);
        // Read while the answer is written, after this call has returned.
        var reading = request.HttpContext.RequestAborted;
        var rows = OnlyAsync(results.ReadAsync(request.Tenant(), job, reading), verdicts, reading);
        return request.Query["format"].ToString() switch
        {
            "" or "csv" => RowFile.Csv($"{id}-results", rows, columns, ResultColumns.Cells, kept: input.Count),
            "jsonl" => RowFile.JsonLines($"{id}-results", LinesAsync(rows, columns, reading)),
            _ => throw new DomainException(ApiErrors.QueryInvalid("format", "must be csv or jsonl")),
        };
    }

    [Function("GetValidationDuplicates")]
    [Requires("validation:read")]
    [Operation("Answers the rows that repeat others, and which.")]
    [Parameter("format", "Of the file; csv where none is named.", OneOf = ["csv", "jsonl"])]
    [Answers(200)]
    [AnswersFile("text/csv", "application/x-ndjson")]
    [Refuses("job_not_found", "job_running")]
    public async Task<IResult> DuplicatesAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "validation/jobs/{id}/duplicates")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var job = await results.RequireOverAsync(request.Tenant(), id, cancellationToken);
        return RowFile.Of(
            request, $"{id}-duplicates", results.DuplicatesAsync(request.Tenant(), job, request.HttpContext.RequestAborted),
            ["row", "email", "duplicate_of", "duplicate_of_email"], pair => [pair.Row, pair.Email, pair.DuplicateOf, pair.DuplicateOfEmail]);
    }

    private static HashSet<Verdict>? VerdictsOf(HttpRequest request)
    {
        if (request.TextOf("verdict") is not { } text)
            return null;
        var known = Enum.GetValues<Verdict>().ToDictionary(verdict => JsonSerializer.SerializeToElement(verdict, JsonDefaults.Options).GetString()!);
        var wanted = text.Split(',', StringSplitOptions.TrimEntries);
        return Array.TrueForAll(wanted, known.ContainsKey)
            ? [.. wanted.Select(name => known[name])]
            : throw new DomainException(ApiErrors.QueryInvalid("verdict", $"must be one or more of {string.Join(", ", known.Keys)}"));
    }

    private static async IAsyncEnumerable<ResultRow> OnlyAsync(IAsyncEnumerable<ResultRow> rows, HashSet<Verdict>? verdicts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (verdicts is null || (row.Result is { } result && verdicts.Contains(result.Verdict)))
                yield return row;
        }
    }

    private static async IAsyncEnumerable<JsonObject> LinesAsync(IAsyncEnumerable<ResultRow> rows, IReadOnlyList<string> columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            var input = new JsonObject();
            foreach (var (column, cell) in columns.Zip(row.Cells))
                input[column] = cell;
            var line = row.Result is null ? new JsonObject { ["email"] = row.Email } : JsonSerializer.SerializeToNode(row.Result, JsonDefaults.Options)!.AsObject();
            line.Insert(0, "row", row.Row);
            line.Insert(1, "input", input);
            if (row.DuplicateOf is { } first)
                line.Insert(2, "duplicateOf", first);
            yield return line;
        }
    }
}
