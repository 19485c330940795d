using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Functions.Tenancy;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Json;
using ProspectOps.Prospects.Uploads;
using ProspectOps.Validation.Import;

namespace ProspectOps.Functions.Validation;

/// <summary>Verdicts bought elsewhere.</summary>
public sealed class ImportHttp(ImportService imports)
{
    [Function("ImportVerdicts")]
    [Requires("validation:write")]
    [Operation("Takes another vendor's verdicts into the cache, with their age.", Description = "They answer as long as ours would, counted from when they were found out: by the row, else by `checkedAt`, else from now.")]
    [Parameter("vendor", "Whose export it is.", Type = typeof(ImportVendor), Required = true)]
    [Parameter("checkedAt", "When the verdicts were found out, where the rows do not say.", Type = typeof(DateTimeOffset))]
    [TakesFile("text/csv")]
    [Answers(200, typeof(ImportView))]
    [Refuses("csv_binary", "csv_empty", "csv_no_rows", "csv_quote_open", "csv_row_too_long", "import_columns_missing", "upload_too_large", "body_too_large", "request_malformed")]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "validation/import")] HttpRequest request, CancellationToken cancellationToken)
    {
        var known = Enum.GetValues<ImportVendor>().ToDictionary(one => JsonSerializer.SerializeToElement(one, JsonDefaults.Options).GetString()!);
        if (!known.TryGetValue(request.Query["vendor"].ToString().ToLowerInvariant(), out var vendor))
            throw new DomainException(ApiErrors.QueryInvalid("vendor", $"must be one of {string.Join(", ", known.Keys)}"));
        var checkedAt = request.TimeOf("checkedAt");
        return Replies.Ok(await imports.ImportAsync(request.Tenant(), vendor, CsvBody.Of(request, UploadErrors.MostBytes, UploadErrors.TooLarge), checkedAt, cancellationToken));
    }
}
