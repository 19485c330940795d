using ProspectOps.Cli.Api;

namespace ProspectOps.Cli.Output;

/// <summary>What a workflow that stands still is waiting for, and the call that moves it.</summary>
internal static class WaitingText
{
    public static string Of(WorkflowView workflow) => workflow.Status == "Suspended"
        ? $"suspended: POST /api/workflows/{workflow.Id}/resume goes on"
        : $"waits for approval: POST /api/workflows/{workflow.Id}/approve with {{\"approved\": true}} or false";
}
