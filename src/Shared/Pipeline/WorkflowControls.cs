using System.Collections.Concurrent;
using ProspectOps.Tenancy;

namespace ProspectOps.Pipeline;

/// <summary>Whether a workflow may go on, asked of the store at most every 400 ms for each: so nothing new begins within a second of a cancel.</summary>
public sealed class WorkflowControls(WorkflowStore workflows, TimeProvider clock)
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromMilliseconds(400);
    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<(TenantId, string), (bool MayRun, long ReadAt)> _known = new();

    public async ValueTask<bool> MayRunAsync(PipelineJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        var key = (job.TenantId, job.WorkflowId);
        if (_known.TryGetValue(key, out var known) && clock.GetElapsedTime(known.ReadAt) < KnownFor)
            return known.MayRun;
        var readAt = clock.GetTimestamp();
        var header = await workflows.FindAsync(job.TenantId, job.WorkflowId, cancellationToken);
        var mayRun = header is { IsFinished: false, Control: WorkflowControl.Run };
        if (_known.Count > MostKept)
            _known.Clear();
        _known[key] = (mayRun, readAt);
        return mayRun;
    }
}
