using ProspectOps.Cli.Api;

namespace ProspectOps.Cli.Output;

/// <summary>Shows how far a workflow is.</summary>
internal interface IStageDisplay
{
    void Show(WorkflowView workflow);
}
