using System.Runtime.CompilerServices;
using System.Text.Json;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Json;
using ProspectOps.Tenancy;

namespace ProspectOps.Pipeline;

/// <summary>Shows workflows and obeys what people ask of them.</summary>
public sealed class WorkflowService(WorkflowStore workflows, ShardStore shards)
{
    private const int CancelPage = 200;

    /// <exception cref="DomainException"><c>workflow_not_found</c>.</exception>
    public async Task<WorkflowView> GetAsync(TenantId tenant, string workflowId, CancellationToken cancellationToken) =>
        await FindViewAsync(tenant, workflowId, cancellationToken) ?? throw new DomainException(WorkflowErrors.NotFound);

    /// <summary>Newest first, with the id to go on from; fewer than asked for where a status was named.</summary>
    public async Task<(IReadOnlyList<WorkflowView> Items, string? Next)> ListAsync(TenantId tenant, WorkflowStatus? status, string after, int limit, CancellationToken cancellationToken)
    {
        var items = new List<WorkflowView>();
        while (true)
        {
            var ids = await workflows.ListAsync(tenant, after, limit + 1, cancellationToken);
            var views = await Task.WhenAll(ids.Take(limit).Select(id => FindViewAsync(tenant, id, cancellationToken)));
            foreach (var (index, view) in views.Index())
            {
                after = ids[index];
                if (view is not null && (status is null || view.Status == status))
                    items.Add(view);
                if (items.Count == limit)
                    return (items, index + 1 < ids.Count ? after : null);
            }
            if (ids.Count <= limit)
                return (items, null);
        }
    }

    public Task CancelAsync(TenantId tenant, string workflowId, IWorkflowClient client, CancellationToken cancellationToken) =>
        ChangeAsync(tenant, workflowId, header => header with { Control = WorkflowControl.Cancel }, client, cancellationToken);

    /// <summary>Cancels whatever of a tenant goes on.</summary>
    /// <param name="tenant">As the workflow that erases it has it.</param>
    public async Task CancelAllAsync(string tenant, IWorkflowClient client, CancellationToken cancellationToken)
    {
        var id = TenantId.Recorded(tenant);
        string? after = "";
        while (after is not null)
        {
            var (items, next) = await ListAsync(id, null, after, CancelPage, cancellationToken);
            foreach (var workflow in items.Where(one => one.Status is not (WorkflowStatus.Completed or WorkflowStatus.Failed or WorkflowStatus.Canceled)))
            {
                try
                {
                    await CancelAsync(id, workflow.WorkflowId, client, cancellationToken);
                }
                catch (DomainException e) when (e.Error.Kind is ErrorKind.Conflict or ErrorKind.NotFound)
                {
                    // It ended meanwhile, which is what was wanted.
                }
            }
            after = next;
        }
    }

    public Task SuspendAsync(TenantId tenant, string workflowId, IWorkflowClient client, CancellationToken cancellationToken) =>
        ChangeAsync(tenant, workflowId, header => header.Control == WorkflowControl.Cancel ? header : header with { Control = WorkflowControl.Suspend }, client, cancellationToken);

    public Task ResumeAsync(TenantId tenant, string workflowId, IWorkflowClient client, CancellationToken cancellationToken) =>
        ChangeAsync(tenant, workflowId, header => header.Control == WorkflowControl.Cancel ? header : header with { Control = WorkflowControl.Run }, client, cancellationToken);

    /// <exception cref="DomainException"><c>not_awaiting_approval</c>.</exception>
    public Task ApproveAsync(TenantId tenant, string workflowId, bool approved, string? note, IWorkflowClient client, CancellationToken cancellationToken) => ChangeAsync(
        tenant,
        workflowId,
        header => header is { Status: WorkflowStatus.AwaitingApproval, Approved: null } ? header with { Approved = approved, ApprovalNote = note }
            : header.Status == WorkflowStatus.AwaitingApproval && header.Approved == approved ? header
            : throw new DomainException(WorkflowErrors.NotAwaitingApproval),
        client,
        cancellationToken);

    /// <summary>Every row that did not come into the campaign: those rejected by intake in the file's order, then those whose address is undeliverable.</summary>
    public async IAsyncEnumerable<RejectedRow> RejectedAsync(TenantId tenant, string workflowId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in LinesAsync<RejectedRow>(tenant, workflowId, "rejected", cancellationToken))
            yield return row;
        await foreach (var chunk in workflows.ResultsAsync<List<CheckedProspect>>(tenant, workflowId, Stage.Validate, cancellationToken))
        {
            foreach (var person in chunk.Where(person => person.Stops))
                yield return new RejectedRow(person.Line, $"undeliverable: {string.Join(", ", person.Validation!.Reasons)}", person.Email);
        }
    }

    public IAsyncEnumerable<DuplicateRow> DuplicatesAsync(TenantId tenant, string workflowId, CancellationToken cancellationToken) =>
        LinesAsync<DuplicateRow>(tenant, workflowId, "duplicates", cancellationToken);

    private async IAsyncEnumerable<T> LinesAsync<T>(TenantId tenant, string workflowId, string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stream = await shards.OpenReadAsync(tenant, workflowId, name, cancellationToken);
        if (stream is null)
            yield break;
        await using (stream)
        {
            await foreach (var row in JsonSerializer.DeserializeAsyncEnumerable<T>(stream, topLevelValues: true, JsonDefaults.Options, cancellationToken))
                yield return row!;
        }
    }

    private async Task<WorkflowView?> FindViewAsync(TenantId tenant, string workflowId, CancellationToken cancellationToken) =>
        IdSource.IsWellFormed(workflowId, "wf") && await workflows.ReadAsync(tenant, workflowId, cancellationToken) is { } read
            ? WorkflowView.Of(read.Header, read.Counters)
            : null;

    private async Task ChangeAsync(TenantId tenant, string workflowId, Func<WorkflowHeader, WorkflowHeader> change, IWorkflowClient client, CancellationToken cancellationToken)
    {
        if (!IdSource.IsWellFormed(workflowId, "wf"))
            throw new DomainException(WorkflowErrors.NotFound);
        var header = await workflows.UpdateAsync(
            tenant, workflowId, header => header.IsFinished ? throw new DomainException(WorkflowErrors.Finished) : change(header), cancellationToken);
        if (header is null)
            throw new DomainException(WorkflowErrors.NotFound);
        // The header is what counts; the signal only hurries whoever waits.
        await client.SignalAsync(PipelineJob.InstanceId(tenant, workflowId), Orchestration.Signal, cancellationToken);
    }
}
