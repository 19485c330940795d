using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Pipeline;
using ProspectOps.Platform.Idempotency;

namespace ProspectOps.Functions.Pipeline;

public sealed class CompletePipelineHttp(PipelineService pipeline, Creations creations)
{
    private const string PipelineExample =
        """
        {"name":"Spring campaign","industry":"casino","prospects":[{"email":"maria.borg@northernlights.example","firstName":"Maria","lastName":"Borg","title":"Head of CRM","company":"Northern Lights Casino"}],"options":{"generateFor":["A","B"],"steps":4}}
        """;

    [Function("StartCompletePipeline")]
    [Requires("campaigns:write")]
    [Operation("Starts the main job: research, validate, analyse, write, ask for approval where wanted, deliver.")]
    [Takes(typeof(PipelineRequest), Example = PipelineExample)]
    [Idempotent]
    [Answers(202, typeof(StartedView))]
    [Refuses("industry_unknown", "upload_not_found", "url_invalid", "url_not_allowed", "secret_invalid")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "workflows/complete-pipeline")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<PipelineRequest>(request, JsonBody.LargeLimit, cancellationToken);
        return await creations.OnceAsync(request, "workflows/complete-pipeline", body, async seed =>
        {
            var started = await pipeline.StartAsync(request.Tenant(), body.Value, seed, new DurableWorkflowClient(client), cancellationToken);
            return new IdempotentReply(202, StartedView.UrlOf(started.WorkflowId), Replies.Text(
                StartedView.Of(started.WorkflowId, started.CampaignId) with { Links = WorkflowLinks.Of(started.WorkflowId), DeliverySecret = started.DeliverySecret }));
        }, cancellationToken);
    }

    [Function("EstimatePipeline")]
    [Requires("campaigns:read")]
    [Operation("Says what a pipeline would do and cost, before it does.")]
    [Takes(typeof(PipelineRequest), Example = PipelineExample)]
    [Answers(200, typeof(Estimate))]
    [Refuses("industry_unknown", "upload_not_found", "url_invalid", "url_not_allowed", "secret_invalid")]
    public async Task<IResult> EstimateAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "workflows/estimate")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<PipelineRequest>(request, JsonBody.LargeLimit, cancellationToken);
        return Replies.Ok(await pipeline.EstimateAsync(request.Tenant(), body.Value, cancellationToken));
    }
}
