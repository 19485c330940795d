using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using ProspectOps.Functions.Platform;
using ProspectOps.Pipeline;
using ProspectOps.Platform.Idempotency;

namespace ProspectOps.Functions.Pipeline;

public sealed class CompletePipelineHttp(PipelineService pipeline, Creations creations)
{
    [Function("StartCompletePipeline")]
    [Requires("campaigns:write")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "workflows/complete-pipeline")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<PipelineRequest>(request, JsonBody.LargeLimit, cancellationToken);
        return await creations.OnceAsync(request, "workflows/complete-pipeline", body, async seed =>
        {
            var started = await pipeline.StartAsync(request.Tenant(), body.Value, seed, new DurableWorkflowClient(client), cancellationToken);
            var statusUrl = $"/api/workflows/{started.WorkflowId}";
            return new IdempotentReply(202, statusUrl, Replies.Text(new
            {
                started.WorkflowId,
                started.CampaignId,
                statusUrl,
                links = new { cancel = $"{statusUrl}/cancel", suspend = $"{statusUrl}/suspend", resume = $"{statusUrl}/resume", approve = $"{statusUrl}/approve" },
                started.DeliverySecret,
            }));
        }, cancellationToken);
    }

    [Function("EstimatePipeline")]
    [Requires("campaigns:read")]
    public async Task<IResult> EstimateAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "workflows/estimate")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<PipelineRequest>(request, JsonBody.LargeLimit, cancellationToken);
        return Replies.Ok(await pipeline.EstimateAsync(request.Tenant(), body.Value, cancellationToken));
    }
}
