namespace ProspectOps.Pipeline;

/// <summary>The end of a workflow.</summary>
/// <param name="At">When it failed: names the event that says so, so that it is one event however often this runs.</param>
public sealed record FinishWork(PipelineJob Job, WorkflowStatus Status, string? Error, DateTimeOffset? At = null)
{
    /// <summary>In words that hold nothing of what the store or a server said: those are in the log.</summary>
    public static FinishWork Failed(PipelineJob job, string step, DateTime at) =>
        new(job, WorkflowStatus.Failed, $"The step {step} failed again and again; the log says why.", new DateTimeOffset(at, TimeSpan.Zero));
}
