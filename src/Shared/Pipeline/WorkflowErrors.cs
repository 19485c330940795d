using ProspectOps.Platform.Errors;

namespace ProspectOps.Pipeline;

public static class WorkflowErrors
{
    public static DomainError NotFound { get; } = new(ErrorKind.NotFound, "workflow_not_found", "There is no such workflow.")
    {
        Fix = "Use a workflowId that GET /api/workflows lists.",
    };

    public static DomainError Finished { get; } = new(ErrorKind.Conflict, "workflow_finished", "The workflow is over.")
    {
        Fix = "Start a new one.",
    };

    public static DomainError NotAwaitingApproval { get; } = new(ErrorKind.Conflict, "not_awaiting_approval", "The workflow does not wait for an approval.")
    {
        Fix = "Ask again once its status is AwaitingApproval.",
    };
}
