namespace ProspectOps.Pipeline;

/// <summary>What became of the rows; <c>Received = Duplicates + Invalid + Analyzed + Failed</c> once it is over.</summary>
/// <param name="Received">Every data row read, rejected ones too.</param>
/// <param name="Invalid">Rejected, undeliverable and suppressed.</param>
/// <param name="Validated">Those who passed, and those without an address.</param>
/// <param name="Failed">People whom a workflow that is over never came to analyse: it was canceled, or it failed.</param>
/// <param name="Delivered">People whose event was answered 2xx everywhere, or whom nobody listens for.</param>
public sealed record WorkflowCounts(long Received, long Duplicates, long Invalid, long Validated, long Analyzed, long Generated, long Delivered, long Failed)
{
    internal static WorkflowCounts Of(WorkflowHeader header, CounterSums sums)
    {
        var intake = header.Intake ?? new IntakeCounts(0, 0, 0, 0);
        var undeliverable = sums[Stage.Validate, "Invalid"];
        var validationSkipped = header.Settings is { ValidateEmails: false };
        return new WorkflowCounts(
            intake.Received,
            intake.Duplicates,
            intake.Rejected + undeliverable,
            validationSkipped ? intake.Unique : sums[Stage.Validate, "Done"] - undeliverable,
            sums[Stage.Analyze, "Done"],
            sums[Stage.Generate, "Done"],
            sums[Stage.Deliver, "Delivered"],
            header.IsFinished ? intake.Unique - undeliverable - sums[Stage.Analyze, "Done"] : 0);
    }
}
