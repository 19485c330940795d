using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using ProspectOps.Pipeline;

namespace ProspectOps.Functions.Pipeline;

/// <summary>One stage of one shard: its chunks side by side.</summary>
public static class ShardOrchestrator
{
    public const string Name = "PipelineShard";

    [Function(Name)]
    public static async Task<ShardOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var work = context.GetInput<ShardWork>()!;
        var outcomes = await Task.WhenAll(work.Chunks.Select(chunk => context.CallActivityAsync<ChunkOutcome>(
            nameof(PipelineActivities.RunChunk), new ChunkWork(work.Job, work.Stage, work.Shard, chunk, work.Attempt), ActivityRetry.Options)));
        return new ShardOutcome(
            outcomes.Any(outcome => outcome.Stopped),
            [.. work.Chunks.Where((_, index) => outcomes[index].Stopped || outcomes[index].Eligible > 0)]);
    }
}
