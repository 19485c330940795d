using ProspectOps.Pipeline;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Tests.Pipeline;

public sealed class WorkflowViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Percent_never_falls_from_the_first_chunk_to_the_last()
    {
        var header = Header();
        var counters = new List<TableRow>();
        var last = WorkflowView.Of(header, counters).Progress.Percent;

        foreach (var stage in Stage.All.Where(stage => stage != Stage.Approve))
        {
            header = header.WithStage(stage, record => record with { Status = StageStatus.Running, StartedAt = Now, Total = 40 });
            Next(ref last, header, counters);
            var counter = new TableRow("p", new ChunkKey(stage, 0, 0).CounterRow);
            counters.Add(counter);
            for (var done = 10; done <= 40; done += 10)
            {
                counter["Done"] = (long)done;
                Next(ref last, header, counters);
            }
            header = header.WithStage(stage, record => record with { Status = StageStatus.Done, FinishedAt = Now });
            Next(ref last, header, counters);
        }

        Assert.InRange(last, 90, 99);
        Assert.Equal(100, WorkflowView.Of(header with { Status = WorkflowStatus.Completed }, counters).Progress.Percent);
    }

    [Fact]
    public void Rows_of_a_workflow_that_is_over_add_up_though_it_was_canceled_half_way()
    {
        var validate = new TableRow("p", new ChunkKey(Stage.Validate, 0, 0).CounterRow) { ["Done"] = 60L, ["Invalid"] = 7L };
        var analyze = new TableRow("p", new ChunkKey(Stage.Analyze, 0, 0).CounterRow) { ["Done"] = 20L };
        var header = Header() with { Status = WorkflowStatus.Canceled, Intake = new IntakeCounts(100, 5, 15, 80) };

        var counts = WorkflowView.Of(header, [validate, analyze]).Counts;

        Assert.Equal(counts.Received, counts.Duplicates + counts.Invalid + counts.Analyzed + counts.Failed);
        Assert.Equal(12, counts.Invalid);
        Assert.Equal(53, counts.Validated);
    }

    [Fact]
    public void Suspension_shows_until_the_workflow_is_over()
    {
        var suspended = Header() with { Status = WorkflowStatus.Running, Control = WorkflowControl.Suspend };

        Assert.Equal(WorkflowStatus.Suspended, WorkflowView.Of(suspended, []).Status);
        Assert.Equal(WorkflowStatus.Failed, WorkflowView.Of(suspended with { Status = WorkflowStatus.Failed }, []).Status);
    }

    [Fact]
    public void Every_tier_is_named_0_included() =>
        Assert.Equal(["A", "B", "C", "D"], WorkflowView.Of(Header(), []).ByTier.Keys);

    private static void Next(ref int last, WorkflowHeader header, List<TableRow> counters)
    {
        var percent = WorkflowView.Of(header, counters).Progress.Percent;
        Assert.True(percent >= last, $"{percent} after {last}");
        last = percent;
    }

    private static WorkflowHeader Header() => new()
    {
        WorkflowId = "wf_1",
        Kind = WorkflowKind.CompletePipeline,
        CreatedAt = Now,
        Industry = "casino",
        Stages = [.. Stage.All.Select(stage => new StageRecord(stage, StageStatus.Pending, 0, null, null))],
    };
}
