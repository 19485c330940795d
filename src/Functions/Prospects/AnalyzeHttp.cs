using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Json;
using ProspectOps.Prospects;
using ProspectOps.Research;

namespace ProspectOps.Functions.Prospects;

public sealed class AnalyzeHttp(AgentService agents, IProspectAnalyst analyst)
{
    private const int MostProspects = 500;

    [Function("AnalyzeProspect")]
    [Requires("prospects:read")]
    [Operation("Scores one person for an industry, with reasons.")]
    [Takes(typeof(AnalyzeRequest))]
    [Answers(200, typeof(Analysis))]
    [Refuses("industry_unknown")]
    public async Task<IResult> OneAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "prospects/analyze")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = (await JsonBody.ReadAsync<AnalyzeRequest>(request, JsonBody.UsualLimit, cancellationToken)).Value;
        var prospect = RequestedProspect.Require(body.Industry, body.Prospect);
        agents.RequireKnown(body.Industry);
        var pack = await agents.PackAsync(request.Tenant(), body.Industry!, cancellationToken);
        return Replies.Ok((await analyst.AnalyzeAsync(pack, [Keyed(request, prospect)], cancellationToken))[0]);
    }

    [Function("AnalyzeProspects")]
    [Requires("prospects:read")]
    [Operation("Scores up to 500 people; one that cannot be read fails alone.")]
    [Takes(typeof(AnalyzeBatchRequest), Example = """{"industry":"casino","prospects":[{"email":"maria.borg@northernlights.example","lastName":"Borg","title":"Head of CRM"}]}""")]
    [Answers(200, typeof(AnalyzeBatchView))]
    [Refuses("industry_unknown")]
    public async Task<IResult> BatchAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "prospects/analyze-batch")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = (await JsonBody.ReadAsync<AnalyzeBatchRequest>(request, JsonBody.UsualLimit, cancellationToken)).Value;
        var errors = new FieldErrors();
        errors.Require(body.Industry is { Length: > 0 }, "industry", "must name an industry");
        errors.Require(body.Prospects is { Count: >= 1 and <= MostProspects }, "prospects", $"must be 1 to {MostProspects}; there were {body.Prospects?.Count ?? 0}");
        errors.ThrowIfAny();
        agents.RequireKnown(body.Industry);

        var outcomes = body.Prospects!.Select(Parse).ToArray();
        var pack = await agents.PackAsync(request.Tenant(), body.Industry!, cancellationToken);
        var analyses = new Queue<Analysis>(await analyst.AnalyzeAsync(
            pack, [.. outcomes.Where(outcome => outcome.Prospect is not null).Select(outcome => Keyed(request, outcome.Prospect!))], cancellationToken));
        var results = outcomes.Select((outcome, index) => outcome.Prospect is null
            ? new AnalyzeBatchItem(index, false, null, outcome.Error)
            : new AnalyzeBatchItem(index, true, analyses.Dequeue(), null)).ToArray();
        return Replies.Ok(new AnalyzeBatchView(results, AnalyzeBatchSummary.Of(results)));
    }

    private static KeyedProspect Keyed(HttpRequest request, Prospect prospect) => new(ProspectKey.Of(request.Tenant().Value, prospect), prospect);

    private static (Prospect? Prospect, AnalyzeBatchError? Error) Parse(JsonElement element)
    {
        try
        {
            var errors = new FieldErrors();
            if (element.ValueKind != JsonValueKind.Object)
                errors.Add("prospect", "must be an object");
            JsonShape.Check(element, typeof(Prospect), errors);
            errors.ThrowIfAny();
            var check = ProspectRules.Check(element.Deserialize<Prospect>(JsonDefaults.Options)!);
            return check.IsAccepted ? (check.Prospect, null) : (null, new AnalyzeBatchError("prospect_invalid", check.Rejection, null));
        }
        catch (DomainException e)
        {
            return (null, new AnalyzeBatchError("prospect_invalid", e.Error.Detail, e.Error.Errors));
        }
    }
}
