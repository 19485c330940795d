using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Pipeline;

namespace ProspectOps.Functions.Pipeline;

/// <summary>What a pipeline left out, and why: every rejected row and every duplicate, as a file.</summary>
public sealed class WorkflowRowsHttp(WorkflowService workflows)
{
    [Function("GetWorkflowRejected")]
    [Requires("campaigns:read")]
    [Operation("Lists every row that did not come into the campaign, and why.")]
    [Parameter("format", "Of the file.", OneOf = ["csv", "jsonl"])]
    [Answers(200)]
    [AnswersFile("text/csv", "application/x-ndjson")]
    [Refuses("workflow_not_found")]
    public async Task<IResult> RejectedAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "workflows/{id}/rejected")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        await workflows.GetAsync(request.Tenant(), id, cancellationToken);
        return RowFile.Of(request, "rejected", workflows.RejectedAsync(request.Tenant(), id, cancellationToken), ["line", "reason", "email"], row => [row.Line, row.Reason, row.Email]);
    }

    [Function("GetWorkflowDuplicates")]
    [Requires("campaigns:read")]
    [Operation("Lists every row that repeats another, and which.")]
    [Parameter("format", "Of the file.", OneOf = ["csv", "jsonl"])]
    [Answers(200)]
    [AnswersFile("text/csv", "application/x-ndjson")]
    [Refuses("workflow_not_found")]
    public async Task<IResult> DuplicatesAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "workflows/{id}/duplicates")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        await workflows.GetAsync(request.Tenant(), id, cancellationToken);
        return RowFile.Of(
            request, "duplicates", workflows.DuplicatesAsync(request.Tenant(), id, cancellationToken),
            ["line", "duplicateOf", "email", "firstName", "lastName", "company"],
            row => [row.Line, row.DuplicateOf, row.Email, row.FirstName, row.LastName, row.Company]);
    }
}
