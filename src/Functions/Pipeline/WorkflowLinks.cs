namespace ProspectOps.Functions.Pipeline;

/// <summary>Paths to post to.</summary>
public sealed record WorkflowLinks(string Cancel, string Suspend, string Resume, string Approve)
{
    public static WorkflowLinks Of(string workflowId)
    {
        var url = StartedView.UrlOf(workflowId);
        return new WorkflowLinks($"{url}/cancel", $"{url}/suspend", $"{url}/resume", $"{url}/approve");
    }
}
