using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using ProspectOps.Functions.Pipeline;
using ProspectOps.Pipeline;
using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Deletion;

namespace ProspectOps.Functions.Tenancy;

/// <summary>The steps of a tenant's erasure. Each may run twice.</summary>
public sealed class DeleteTenantActivities(DeletionService deletions, WorkflowService workflows)
{
    private const int Page = 200;

    [Function(nameof(StopTenantWork))]
    public async Task StopTenantWork([ActivityTrigger] string tenant, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var id = TenantId.Parse(tenant);
        string? after = "";
        while (after is not null)
        {
            var (items, next) = await workflows.ListAsync(id, null, after, Page, cancellationToken);
            foreach (var workflow in items.Where(one => one.Status is not (WorkflowStatus.Completed or WorkflowStatus.Failed or WorkflowStatus.Canceled)))
                await CancelAsync(id, workflow.WorkflowId, client, cancellationToken);
            after = next;
        }
    }

    [Function(nameof(PlanTenantErasure))]
    public Task<DeletionPlan> PlanTenantErasure([ActivityTrigger] string tenant, CancellationToken cancellationToken) => deletions.PlanAsync(cancellationToken);

    [Function(nameof(CountTenantPlace))]
    public Task<long> CountTenantPlace([ActivityTrigger] DeletionStep step, CancellationToken cancellationToken) => deletions.CountAsync(step, cancellationToken);

    [Function(nameof(EraseTenantPlace))]
    public Task<bool> EraseTenantPlace([ActivityTrigger] DeletionStep step, CancellationToken cancellationToken) => deletions.EraseAsync(step, cancellationToken);

    [Function(nameof(CountTenantKeys))]
    public Task<long> CountTenantKeys([ActivityTrigger] string tenant, CancellationToken cancellationToken) => deletions.CountKeysAsync(TenantId.Parse(tenant), cancellationToken);

    [Function(nameof(FinishTenantErasure))]
    public Task FinishTenantErasure([ActivityTrigger] DeletionResult result, CancellationToken cancellationToken) => deletions.FinishAsync(result, cancellationToken);

    private async Task CancelAsync(TenantId tenant, string workflowId, DurableTaskClient client, CancellationToken cancellationToken)
    {
        try
        {
            await workflows.CancelAsync(tenant, workflowId, new DurableWorkflowClient(client), cancellationToken);
        }
        catch (DomainException e) when (e.Error.Kind is ErrorKind.Conflict or ErrorKind.NotFound)
        {
            // It ended meanwhile, which is what was wanted.
        }
    }
}
