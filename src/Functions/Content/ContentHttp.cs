using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using ProspectOps.Content;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Pipeline;
using ProspectOps.Functions.Platform;
using ProspectOps.Functions.Prospects;
using ProspectOps.Pipeline;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Idempotency;
using ProspectOps.Prospects;
using ProspectOps.Research;

namespace ProspectOps.Functions.Content;

public sealed class ContentHttp(AgentService agents, IProspectAnalyst analyst, IContentWriter writer, PipelineService pipeline, Creations creations)
{
    private const int UsualSteps = 4;
    private const int UsualSeconds = 60;
    private const int MostInBatch = 100;

    [Function("GenerateSequence")]
    [Requires("content:write")]
    [NotAudited("answers a text and changes nothing")]
    [Operation("Writes a sequence of e-mails to one person.")]
    [Takes(typeof(SequenceBody), Example = """{"industry":"casino","prospect":{"firstName":"Maria","lastName":"Borg","title":"Head of CRM","company":"Northern Lights Casino"},"steps":3,"sender":{"name":"Sam Lee","title":"Founder","company":"Acme","offer":"Churn forecasts for players who are about to leave"}}""")]
    [Answers(200, typeof(EmailSequence))]
    [Refuses("industry_unknown", "tone_unknown", "language_not_available")]
    public async Task<IResult> SequenceAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "content/generate-sequence")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = (await JsonBody.ReadAsync<SequenceBody>(request, JsonBody.UsualLimit, cancellationToken)).Value;
        RequireSteps(body.Steps);
        var content = await RequestAsync(request, body.Industry, body.Prospect, body.Analysis, body.Tone, body.Language, body.Sender, cancellationToken);
        return Replies.Ok((await writer.WriteSequencesAsync([content], body.Steps ?? UsualSteps, cancellationToken))[0]);
    }

    [Function("GenerateContentBatch")]
    [Requires("content:write")]
    [Operation("Writes to up to 100 people, as a workflow.")]
    [Takes(typeof(ContentBatchBody))]
    [Idempotent]
    [Answers(202, typeof(StartedView))]
    [Refuses("industry_unknown")]
    public async Task<IResult> BatchAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "content/generate-batch")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<ContentBatchBody>(request, JsonBody.UsualLimit, cancellationToken);
        var errors = new FieldErrors();
        errors.Require(body.Value.Industry is { Length: > 0 }, "industry", "must name an industry");
        errors.Require(body.Value.Prospects is { Count: >= 1 and <= MostInBatch }, "prospects", $"must be 1 to {MostInBatch}; there were {body.Value.Prospects?.Count ?? 0}");
        foreach (var (index, prospect) in (body.Value.Prospects ?? []).Index())
        {
            if (ProspectRules.Check(prospect) is { IsAccepted: false } check)
                errors.Add($"prospects[{index}]", check.Rejection);
        }
        errors.ThrowIfAny();
        RequireSteps(body.Value.Steps);

        return await creations.OnceAsync(request, "content/generate-batch", body, async seed =>
        {
            var started = await pipeline.StartContentBatchAsync(
                request.Tenant(), body.Value.Industry!, body.Value.Prospects!, body.Value.Steps ?? UsualSteps, seed, new DurableWorkflowClient(client), cancellationToken);
            return new IdempotentReply(202, StartedView.UrlOf(started.WorkflowId), Replies.Text(StartedView.Of(started.WorkflowId, started.CampaignId)));
        }, cancellationToken);
    }

    [Function("WriteLinkedinMessage")]
    [Requires("content:write")]
    [NotAudited("answers a text and changes nothing")]
    [Operation("Writes a LinkedIn message to one person.")]
    [Takes(typeof(LinkedinBody), Example = """{"industry":"casino","kind":"connect","prospect":{"firstName":"Maria","lastName":"Borg","title":"Head of CRM","company":"Northern Lights Casino"}}""")]
    [Answers(200, typeof(LinkedinMessage))]
    [Refuses("industry_unknown", "tone_unknown", "language_not_available")]
    public async Task<IResult> LinkedinAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "content/linkedin-message")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = (await JsonBody.ReadAsync<LinkedinBody>(request, JsonBody.UsualLimit, cancellationToken)).Value;
        var errors = new FieldErrors();
        errors.Require(body.Kind is not null, "kind", "must be connect, message or followup");
        errors.ThrowIfAny();
        var content = await RequestAsync(request, body.Industry, body.Prospect, body.Analysis, body.Tone, body.Language, body.Sender, cancellationToken);
        return Replies.Ok(await writer.WriteLinkedinAsync(content, body.Kind!.Value, cancellationToken));
    }

    [Function("WriteVideoScript")]
    [Requires("content:write")]
    [NotAudited("answers a text and changes nothing")]
    [Operation("Writes the script of a short personal video.")]
    [Takes(typeof(VideoBody), Example = """{"industry":"casino","seconds":45,"prospect":{"firstName":"Maria","lastName":"Borg","title":"Head of CRM","company":"Northern Lights Casino"}}""")]
    [Answers(200, typeof(VideoScript))]
    [Refuses("industry_unknown", "tone_unknown", "language_not_available")]
    public async Task<IResult> VideoAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "content/video-script")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = (await JsonBody.ReadAsync<VideoBody>(request, JsonBody.UsualLimit, cancellationToken)).Value;
        var errors = new FieldErrors();
        errors.Require(body.Seconds is null or (>= 30 and <= 120), "seconds", $"must be 30 to 120; was {body.Seconds}");
        errors.ThrowIfAny();
        var content = await RequestAsync(request, body.Industry, body.Prospect, body.Analysis, body.Tone, body.Language, body.Sender, cancellationToken);
        return Replies.Ok(await writer.WriteVideoAsync(content, body.Seconds ?? UsualSeconds, cancellationToken));
    }

    private async Task<ContentRequest> RequestAsync(
        HttpRequest request, string? industry, Prospect? given, Analysis? analysis, string? tone, string? language, Sender? sender, CancellationToken cancellationToken)
    {
        var prospect = RequestedProspect.Require(industry, given);
        agents.RequireKnown(industry);
        var pack = await agents.PackAsync(request.Tenant(), industry!, cancellationToken);
        var key = ProspectKey.Of(request.Tenant().Value, prospect);
        analysis ??= (await analyst.AnalyzeAsync(pack, [new KeyedProspect(key, prospect)], cancellationToken))[0];
        return new ContentRequest(pack, prospect, analysis) { Tone = tone, Language = language, Sender = sender };
    }

    private static void RequireSteps(int? steps)
    {
        var errors = new FieldErrors();
        errors.Require(steps is null or (>= 1 and <= 10), "steps", $"must be 1 to 10; was {steps}");
        errors.ThrowIfAny();
    }
}
