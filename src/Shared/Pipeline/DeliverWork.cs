namespace ProspectOps.Pipeline;

/// <summary>The events of one of the campaign's sixteen partitions.</summary>
/// <param name="At">When the stage began: delivery ids derive from it, so that a repeat makes the same.</param>
/// <param name="Endpoints">Who listened then.</param>
public sealed record DeliverWork(PipelineJob Job, int ProspectShard, DateTimeOffset At, IReadOnlyList<string> Endpoints);
