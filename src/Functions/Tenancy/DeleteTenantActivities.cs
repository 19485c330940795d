using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using ProspectOps.Functions.Pipeline;
using ProspectOps.Pipeline;
using ProspectOps.Tenancy.Deletion;

namespace ProspectOps.Functions.Tenancy;

/// <summary>The steps of a tenant's erasure. Each may run twice.</summary>
public sealed class DeleteTenantActivities(DeletionService deletions, WorkflowService workflows)
{
    [Function(nameof(StopTenantWork))]
    public Task StopTenantWork([ActivityTrigger] string tenant, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        workflows.CancelAllAsync(tenant, new DurableWorkflowClient(client), cancellationToken);

    [Function(nameof(PlanTenantErasure))]
    public Task<DeletionPlan> PlanTenantErasure([ActivityTrigger] string tenant, CancellationToken cancellationToken) => deletions.PlanAsync(cancellationToken);

    [Function(nameof(CountTenantPlace))]
    public Task<long> CountTenantPlace([ActivityTrigger] DeletionStep step, CancellationToken cancellationToken) => deletions.CountAsync(step, cancellationToken);

    [Function(nameof(NoteTenantErasure))]
    public Task NoteTenantErasure([ActivityTrigger] DeletionResult soFar, CancellationToken cancellationToken) => deletions.NoteAsync(soFar, cancellationToken);

    [Function(nameof(EraseTenantPlace))]
    public Task<bool> EraseTenantPlace([ActivityTrigger] DeletionStep step, CancellationToken cancellationToken) => deletions.EraseAsync(step, cancellationToken);

    [Function(nameof(CountTenantElsewhere))]
    public Task<IReadOnlyDictionary<string, long>> CountTenantElsewhere([ActivityTrigger] string tenant, CancellationToken cancellationToken) => deletions.CountElsewhereAsync(tenant, cancellationToken);

    [Function(nameof(FinishTenantErasure))]
    public Task FinishTenantErasure([ActivityTrigger] DeletionResult result, CancellationToken cancellationToken) => deletions.FinishAsync(result, cancellationToken);
}
