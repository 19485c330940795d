namespace ProspectOps.Cli.Api;

/// <summary>One stage of a workflow.</summary>
internal sealed record StageView(string Name, string Status, long Done, long Total, long Failed)
{
    public bool IsOver => Status is "done" or "skipped" or "failed";
}
