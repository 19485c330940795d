using System.Collections.Concurrent;
using ProspectOps.Tenancy;

namespace ProspectOps.Pipeline;

/// <summary>Whether a workflow may go on, asked of the store at most every 400 ms for each: so nothing new begins within a second of a cancel.</summary>
public sealed class WorkflowControls(WorkflowStore workflows, TimeProvider clock)
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromMilliseconds(400);
    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<(TenantId, string), (WorkflowHeader? Header, long ReadAt)> _known = new();

    public async ValueTask<bool> MayRunAsync(PipelineJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        return await HeaderAsync(job.TenantId, job.WorkflowId, cancellationToken) is { IsFinished: false, Control: WorkflowControl.Run };
    }

    /// <summary>Whether it was canceled, or is about to end so. One that fails first is not: its end is told.</summary>
    public async ValueTask<bool> IsCanceledAsync(TenantId tenant, string workflowId, CancellationToken cancellationToken) =>
        await HeaderAsync(tenant, workflowId, cancellationToken) is { Status: WorkflowStatus.Canceled } or { IsFinished: false, Control: WorkflowControl.Cancel };

    private async ValueTask<WorkflowHeader?> HeaderAsync(TenantId tenant, string workflowId, CancellationToken cancellationToken)
    {
        var key = (tenant, workflowId);
        if (_known.TryGetValue(key, out var known) && clock.GetElapsedTime(known.ReadAt) < KnownFor)
            return known.Header;
        var readAt = clock.GetTimestamp();
        var header = await workflows.FindAsync(tenant, workflowId, cancellationToken);
        if (_known.Count > MostKept)
            _known.Clear();
        _known[key] = (header, readAt);
        return header;
    }
}
