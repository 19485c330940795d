using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
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
    [Operation("Says what became of mail to an address.", Description = "The newest outcome of an address counts, once. It is held against the verdict that is remembered of it.")]
    [Takes(typeof(OutcomeBody), Example = """{"email":"maria.borg@northernlights.example","outcome":"delivered"}""")]
    [Answers(200, typeof(OutcomeView))]
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
        return Replies.Ok(new OutcomeView(body.Email!, body.Outcome.Value, predicted));
    }

    [Function("GetValidationStats")]
    [Requires("validation:read")]
    [Operation("Shows hit rate, verdicts, timings, and what was predicted against what was seen.")]
    [Answers(200, typeof(ValidationStatsView))]
    public async Task<IResult> StatsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "validation/stats")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (rows, unpredicted) = await outcomes.ReliabilityAsync(request.Tenant(), cancellationToken);
        var counts = statistics.Of(request.Tenant());
        var reported = rows.Sum(row => row.Reported);
        double? Mean(Func<ReliabilityRow, double> of) => reported == 0 ? null : Math.Round(rows.Sum(of) / reported, 4);
        return Replies.Ok(new ValidationStatsView(
            counts.Since,
            counts.Checks,
            new CacheStatsView(counts.Hits, counts.Misses, counts.HitRate),
            counts.ByVerdict,
            counts.Timings,
            new OutcomeStatsView(reported, unpredicted, Mean(row => row.PredictedBounceRate * row.Reported), Mean(row => row.Bounced)),
            rows));
    }
}
