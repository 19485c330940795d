using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Validation.Forecast;
using ProspectOps.Validation.Jobs;

namespace ProspectOps.Functions.Validation;

/// <summary>What is to be expected if a list is written to.</summary>
public sealed class ForecastHttp(JobResults results, ForecastService forecasts)
{
    [Function("ForecastValidationJob")]
    [Requires("validation:read")]
    [Operation("Says how many bounces are to be expected of a list, and what to leave out to stay under a rate.", Description = "With `format=csv` or `jsonl` and `maxBounceRate`: every row to leave out, as a file.")]
    [Parameter("maxBounceRate", "0 to 1, such as 0.02.", Type = typeof(double), Example = "0.02")]
    [Parameter("format", "Of the file of rows to leave out; without it the forecast is answered.", OneOf = ["csv", "jsonl"])]
    [Answers(200, typeof(ForecastView))]
    [AnswersFile("text/csv", "application/x-ndjson")]
    [Refuses("job_not_found", "job_running")]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "validation/jobs/{id}/forecast")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        double? most = null;
        if (request.TextOf("maxBounceRate") is { } text)
        {
            most = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate is >= 0 and <= 1
                ? rate : throw new DomainException(ApiErrors.QueryInvalid("maxBounceRate", "must be 0 to 1, such as 0.02"));
        }
        var job = await results.RequireOverAsync(request.Tenant(), id, cancellationToken);
        if (request.Query["format"].ToString().Length == 0)
            return Replies.Ok(await forecasts.OfAsync(request.Tenant(), job, most, cancellationToken));
        if (most is not { } limit)
            throw new DomainException(ApiErrors.QueryInvalid("maxBounceRate", "must be given for a file of what to leave out"));
        return RowFile.Of(
            request, $"{id}-drop", forecasts.DropsAsync(request.Tenant(), job, limit, request.HttpContext.RequestAborted), ["row", "email", "verdict", "score", "bounce_rate"],
            row => [row.Row, row.Email, ResultColumns.Name(row.Verdict), row.Score, row.BounceRate]);
    }
}
