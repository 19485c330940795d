using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Pipeline;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Idempotency;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Deletion;

namespace ProspectOps.Functions.Tenancy;

/// <summary>What the operator alone may do with tenants.</summary>
public sealed class TenantsHttp(TenantService tenants, DeletionService deletions, Creations creations, Paging paging)
{
    private const string List = "tenants";

    [Function("CreateTenant")]
    [Requires("admin:write")]
    [NotAudited("TenantService records it before it is made")]
    [Operation("Makes a tenant.")]
    [Takes(typeof(CreateTenantRequest))]
    [Idempotent]
    [Answers(201, typeof(TenantView))]
    [Refuses("operator_only")]
    public async Task<IResult> CreateAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "manage/tenants")] HttpRequest request, CancellationToken cancellationToken)
    {
        RequireOperator(request, "admin:write");
        var body = await JsonBody.ReadAsync<CreateTenantRequest>(request, JsonBody.UsualLimit, cancellationToken);
        var wanted = new TenantChanges(body.Value.Name, null, body.Value.Settings, body.Value.Quotas);
        return await creations.OnceAsync(request, "manage/tenants", body, async seed =>
        {
            var tenant = await tenants.CreateAsync(request.Caller(), wanted, seed, cancellationToken);
            return new IdempotentReply(201, $"/api/manage/tenants/{tenant.Id}", Replies.Text(TenantView.Of(tenant)));
        }, cancellationToken);
    }

    [Function("ListTenants")]
    [Requires("admin:read")]
    [Operation("Lists tenants.")]
    [Paged]
    [Answers(200, typeof(PageView<TenantView>))]
    [Refuses("operator_only")]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "manage/tenants")] HttpRequest request, CancellationToken cancellationToken)
    {
        RequireOperator(request, "admin:read");
        var (limit, after) = paging.Read(request, List);
        var found = await tenants.ListAsync(request.Caller(), after, limit + 1, cancellationToken);
        return paging.Reply(request, List, [.. found.Take(limit).Select(TenantView.Of)], found.Count > limit ? found[limit - 1].Id.Value : null);
    }

    [Function("GetTenant")]
    [Requires("admin:read")]
    [Operation("One tenant.")]
    [Answers(200, typeof(TenantView))]
    [Refuses("operator_only", "tenant_not_found")]
    public async Task<IResult> GetAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "manage/tenants/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        Replies.Ok(TenantView.Of(await tenants.FindAsync(request.Caller(), id, cancellationToken)));

    [Function("ChangeTenant")]
    [Requires("admin:write")]
    [Operation("Changes what is given of a tenant; a suspended one's keys are refused.", Description = "`settings` and `quotas` are replaced whole.")]
    [Takes(typeof(ChangeTenantRequest), Example = """{"status":"suspended","quotas":{"validation.daily":10000}}""")]
    [Answers(200, typeof(TenantView))]
    [Refuses("operator_only", "tenant_not_found", "tenant_changed", "default_tenant_stays")]
    [NotAudited("TenantService records it before it is made")]
    public async Task<IResult> ChangeAsync([HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "manage/tenants/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        RequireOperator(request, "admin:write");
        var body = (await JsonBody.ReadAsync<ChangeTenantRequest>(request, JsonBody.UsualLimit, cancellationToken)).Value;
        return Replies.Ok(TenantView.Of(await tenants.ChangeAsync(request.Caller(), id, new TenantChanges(body.Name, body.Status, body.Settings, body.Quotas), cancellationToken)));
    }

    [Function("DeleteTenant")]
    [Requires("admin:write")]
    [Operation("Erases a tenant with everything of theirs. There is no way back.")]
    [Answers(202, typeof(DeletingTenantView))]
    [Refuses("operator_only", "tenant_not_found", "tenant_changed", "default_tenant_stays")]
    [NotAudited("TenantService records it before it is made")]
    public async Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "manage/tenants/{id}")] HttpRequest request, string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var tenant = await tenants.BeginDeleteAsync(request.Caller(), id, cancellationToken);
        await deletions.BeginAsync(tenant.Id, cancellationToken);
        await new DurableWorkflowClient(client).StartAsync(DeleteTenantOrchestrator.Name, DeleteTenantOrchestrator.InstanceOf(tenant.Id), tenant.Id.Value, cancellationToken);
        var statusUrl = $"/api/manage/tenants/{tenant.Id}/deletion";
        return Replies.Accepted(statusUrl, new DeletingTenantView(tenant.Id.Value, tenant.Status, statusUrl));
    }

    [Function("GetTenantDeletion")]
    [Requires("admin:read")]
    [Operation("How far the erasure of a tenant is, and in the end what was removed, table by table and container by container.")]
    [Answers(200, typeof(TenantDeletion))]
    [Refuses("operator_only", "tenant_not_found")]
    public async Task<IResult> DeletionAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "manage/tenants/{id}/deletion")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        Replies.Ok(await deletions.FindAsync(request.Caller(), id, cancellationToken));

    // Before the body is looked at: who may not do it learns nothing of it.
    private static void RequireOperator(HttpRequest request, string scope)
    {
        if (!request.Caller().IsOperator(scope))
            throw new DomainException(TenancyErrors.OperatorOnly);
    }
}
