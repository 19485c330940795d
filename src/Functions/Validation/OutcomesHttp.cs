using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Validation;
using ProspectOps.Validation.Calibration;
using ProspectOps.Validation.Statistics;

namespace ProspectOps.Functions.Validation;

/// <summary>What really happened to mail, and how well it was predicted.</summary>
public sealed class OutcomesHttp(OutcomeService outcomes, CheckStatistics statistics)
{
    [Function("ReportOutcome")]
    [Requires("validation:write")]
    public async Task<IResult> ReportAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "validation/outcomes")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = (await JsonBody.ReadAsync<OutcomeBody>(request, JsonBody.UsualLimit, cancellationToken)).Value;
        var errors = new FieldErrors();
        EmailAddress? address = null;
        if (body.Email is null)
            errors.Add("email", "must be an address");
        else if (!EmailAddress.TryParse(body.Email.AsSpan().Trim(), out address, out var error))
            errors.Add("email", error.ToString());
        errors.Require(body.Outcome is not null, "outcome", "must be delivered, bounced or complained");
        errors.ThrowIfAny();
        var predicted = await outcomes.RecordAsync(request.Tenant(), address!, body.Outcome!.Value, cancellationToken);
        return Replies.Ok(new { email = body.Email, outcome = body.Outcome, predicted });
    }

    [Function("GetValidationStats")]
    [Requires("validation:read")]
    public async Task<IResult> StatsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "validation/stats")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (rows, unpredicted) = await outcomes.ReliabilityAsync(request.Tenant(), cancellationToken);
        var counts = statistics.Of(request.Tenant());
        var reported = rows.Sum(row => row.Reported);
        return Replies.Ok(new
        {
            since = counts.Since,
            checks = counts.Checks,
            cache = new { hits = counts.Hits, misses = counts.Misses, hitRate = counts.HitRate },
            byVerdict = counts.ByVerdict,
            timings = counts.Timings,
            outcomes = new
            {
                reported,
                unpredicted,
                predictedBounceRate = reported == 0 ? (double?)null : Math.Round(rows.Sum(row => row.PredictedBounceRate * row.Reported) / reported, 4),
                seenBounceRate = reported == 0 ? (double?)null : Math.Round((double)rows.Sum(row => row.Bounced) / reported, 4),
            },
            reliability = rows,
        });
    }
}
