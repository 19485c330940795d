using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Idempotency;
using ProspectOps.Tenancy;

namespace ProspectOps.Functions.Tenancy;

/// <summary>What the operator alone may do with tenants.</summary>
public sealed class TenantsHttp(TenantStore tenants, Creations creations, Paging paging, TimeProvider clock)
{
    private const string List = "tenants";

    [Function("CreateTenant")]
    [Requires("admin:write")]
    [Operation("Makes a tenant.")]
    [Takes(typeof(CreateTenantRequest))]
    [Idempotent]
    [Answers(201, typeof(object))]
    [Refuses("operator_only")]
    public async Task<IResult> CreateAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "manage/tenants")] HttpRequest request, CancellationToken cancellationToken)
    {
        RequireOperator(request, "admin:write");
        var body = await JsonBody.ReadAsync<CreateTenantRequest>(request, JsonBody.UsualLimit, cancellationToken);
        var errors = new FieldErrors();
        errors.Require(body.Value.Name is { Length: <= 200 } name && !string.IsNullOrWhiteSpace(name), "name", "must be 1 to 200 characters");
        errors.ThrowIfAny();
        return await creations.OnceAsync(request, "manage/tenants", body, async seed =>
        {
            var tenant = new Tenant { Id = TenantId.Parse($"ten_{seed}"), Name = body.Value.Name!, CreatedAt = clock.GetUtcNow() };
            await tenants.AddAsync(tenant, cancellationToken);
            return new IdempotentReply(201, $"/api/manage/tenants/{tenant.Id}", Replies.Text(View(tenant)));
        }, cancellationToken);
    }

    [Function("ListTenants")]
    [Requires("admin:read")]
    [Operation("Lists tenants.")]
    [Paged]
    [Answers(200, typeof(object))]
    [Refuses("operator_only")]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "manage/tenants")] HttpRequest request, CancellationToken cancellationToken)
    {
        RequireOperator(request, "admin:read");
        var (limit, after) = paging.Read(request, List);
        var found = await tenants.ListAsync(after, limit, cancellationToken);
        return paging.Reply(request, List, [.. found.Select(View)], found.Count == limit ? found[^1].Id.Value : null);
    }

    private static void RequireOperator(HttpRequest request, string scope)
    {
        if (!request.Caller().IsOperator(scope))
            throw new DomainException(TenancyErrors.OperatorOnly);
    }

    private static object View(Tenant tenant) => new { tenantId = tenant.Id.Value, tenant.Name, tenant.Status, tenant.CreatedAt };
}
