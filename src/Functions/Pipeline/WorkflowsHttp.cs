using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Pipeline;
using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy;

namespace ProspectOps.Functions.Pipeline;

public sealed class WorkflowsHttp(WorkflowService workflows, Paging paging)
{
    private const int MostNoteCharacters = 2_000;

    [Function("ListWorkflows")]
    [Requires("campaigns:read")]
    [Operation("Lists workflows, newest first.")]
    [Parameter("status", "Those with this status alone.", Type = typeof(WorkflowStatus))]
    [Paged]
    [Answers(200, typeof(PageView<WorkflowView>))]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "workflows")] HttpRequest request, CancellationToken cancellationToken)
    {
        WorkflowStatus? status = null;
        if (request.TextOf("status") is { } text)
        {
            status = Enum.GetNames<WorkflowStatus>().Contains(text) ? Enum.Parse<WorkflowStatus>(text)
                : throw new DomainException(ApiErrors.QueryInvalid("status", $"must be one of {string.Join(", ", Enum.GetNames<WorkflowStatus>())}"));
        }
        var list = $"workflows?{status}";
        var (limit, after) = paging.Read(request, list);
        var (items, next) = await workflows.ListAsync(request.Tenant(), status, after, limit, cancellationToken);
        return paging.Reply(request, list, items, next);
    }

    [Function("GetWorkflow")]
    [Requires("campaigns:read")]
    [Operation("Shows how far a workflow is.")]
    [Answers(200, typeof(WorkflowView))]
    [Refuses("workflow_not_found", "method_not_allowed")]
    public async Task<IResult> GetAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "workflows/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        id is "complete-pipeline" or "estimate" ? throw Reserved.PostOnly(request) : Replies.Ok(await workflows.GetAsync(request.Tenant(), id, cancellationToken));

    [Function("CancelWorkflow")]
    [Requires("campaigns:write")]
    [Operation("Ends a workflow; no new paid call starts within a second.")]
    [Answers(202, typeof(StartedView))]
    [Refuses("workflow_not_found", "workflow_finished")]
    public Task<IResult> CancelAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "workflows/{id}/cancel")] HttpRequest request, string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        ChangeAsync(request, id, workflows.CancelAsync, client, cancellationToken);

    [Function("SuspendWorkflow")]
    [Requires("campaigns:write")]
    [Operation("Lets a workflow rest.")]
    [Answers(202, typeof(StartedView))]
    [Refuses("workflow_not_found", "workflow_finished")]
    public Task<IResult> SuspendAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "workflows/{id}/suspend")] HttpRequest request, string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        ChangeAsync(request, id, workflows.SuspendAsync, client, cancellationToken);

    [Function("ResumeWorkflow")]
    [Requires("campaigns:write")]
    [Operation("Lets a workflow that rests go on.")]
    [Answers(202, typeof(StartedView))]
    [Refuses("workflow_not_found", "workflow_finished")]
    public Task<IResult> ResumeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "workflows/{id}/resume")] HttpRequest request, string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        ChangeAsync(request, id, workflows.ResumeAsync, client, cancellationToken);

    [Function("ApproveWorkflow")]
    [Requires("campaigns:write")]
    [Operation("Answers a workflow that waits for approval.")]
    [Takes(typeof(ApproveRequest), Example = """{"approved":true,"note":"Go ahead."}""")]
    [Answers(202, typeof(StartedView))]
    [Refuses("workflow_not_found", "workflow_finished", "not_awaiting_approval")]
    public async Task<IResult> ApproveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "workflows/{id}/approve")] HttpRequest request, string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var body = (await JsonBody.ReadAsync<ApproveRequest>(request, JsonBody.UsualLimit, cancellationToken)).Value;
        var errors = new FieldErrors();
        errors.Require(body.Approved is not null, "approved", "must be true or false");
        errors.Require(body.Note is not { Length: > MostNoteCharacters }, "note", $"must be at most {MostNoteCharacters} characters");
        errors.ThrowIfAny();
        return await ChangeAsync(
            request, id, (tenant, workflowId, workflowClient, token) => workflows.ApproveAsync(tenant, workflowId, body.Approved!.Value, body.Note, workflowClient, token), client, cancellationToken);
    }

    private static async Task<IResult> ChangeAsync(HttpRequest request, string id, Func<TenantId, string, IWorkflowClient, CancellationToken, Task> change, DurableTaskClient client, CancellationToken cancellationToken)
    {
        await change(request.Tenant(), id, new DurableWorkflowClient(client), cancellationToken);
        return Replies.Accepted(StartedView.UrlOf(id), StartedView.Of(id));
    }
}
