using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using ProspectOps.Functions.Pipeline;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Deletion;

namespace ProspectOps.Functions.Tenancy;

/// <summary>Erases a tenant: stops its workflows, lets what is under way come to rest, then empties table by table and container by container, and at last takes away its keys and its name.</summary>
public static class DeleteTenantOrchestrator
{
    public const string Name = "DeleteTenantWorkflow";

    // One pass for what there is, one for what steps that were under way wrote meanwhile.
    private const int Passes = 2;

    // Longer than other processes know a key for, and than a step that was begun before the tenant's workflows were stopped takes to notice.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(6);

    /// <summary>The same for the same tenant, so that one that is asked for twice runs once.</summary>
    public static string InstanceOf(TenantId tenant) => $"delete-{tenant.Value}";

    [Function(Name)]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var tenant = context.GetInput<string>()!;
        await context.CallActivityAsync(nameof(DeleteTenantActivities.StopTenantWork), tenant, ActivityRetry.Patient);
        var (tables, containers) = (new Dictionary<string, long>(), new Dictionary<string, long>());
        var soFar = new DeletionResult(tenant, tables, containers);
        for (var pass = 0; pass < Passes; pass++)
        {
            await context.CreateTimer(context.CurrentUtcDateTime + Rest, CancellationToken.None);
            var plan = await context.CallActivityAsync<DeletionPlan>(nameof(DeleteTenantActivities.PlanTenantErasure), tenant, ActivityRetry.Patient);
            foreach (var table in plan.Tables)
                await EraseAsync(context, new DeletionStep(tenant, table, true), tables, soFar);
            foreach (var container in plan.Containers)
                await EraseAsync(context, new DeletionStep(tenant, container, false), containers, soFar);
        }
        var elsewhere = await context.CallActivityAsync<IReadOnlyDictionary<string, long>>(nameof(DeleteTenantActivities.CountTenantElsewhere), tenant, ActivityRetry.Patient);
        foreach (var (table, count) in elsewhere.Where(one => one.Value > 0).OrderBy(one => one.Key, StringComparer.Ordinal))
            tables[table] = tables.GetValueOrDefault(table) + count;
        tables["Tenants"] = 1;
        await context.CallActivityAsync(nameof(DeleteTenantActivities.FinishTenantErasure), soFar, ActivityRetry.Patient);
    }

    // Counted before anything of it is removed: the count stands in the history, whatever happens to the removal.
    private static async Task EraseAsync(TaskOrchestrationContext context, DeletionStep step, Dictionary<string, long> removed, DeletionResult soFar)
    {
        var count = await context.CallActivityAsync<long>(nameof(DeleteTenantActivities.CountTenantPlace), step, ActivityRetry.Patient);
        if (count == 0)
            return;
        removed[step.Place] = removed.GetValueOrDefault(step.Place) + count;
        await context.CallActivityAsync(nameof(DeleteTenantActivities.NoteTenantErasure), soFar, ActivityRetry.Patient);
        bool more;
        do
            more = await context.CallActivityAsync<bool>(nameof(DeleteTenantActivities.EraseTenantPlace), step, ActivityRetry.Patient);
        while (more);
    }
}
