using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy;

namespace ProspectOps.Functions.Tenancy;

public sealed class KeysHttp(KeyStore keys, KeyHasher hasher, KeyDirectory directory, TenantStore tenants, Paging paging, TimeProvider clock)
{
    private const string List = "keys";
    private const int MostRequestsPerMinute = 10_000_000;

    [Function("CreateKey")]
    [Requires("admin:write")]
    [Operation("Makes a key; it is shown this once.")]
    [Takes(typeof(CreateKeyRequest), Example = """{"name":"CRM","scopes":["campaigns:read","webhooks:write"]}""")]
    [Answers(201, typeof(object))]
    [Refuses("operator_only", "scope_not_grantable", "tenant_not_found")]
    public async Task<IResult> CreateAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "manage/keys")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = (await JsonBody.ReadAsync<CreateKeyRequest>(request, JsonBody.UsualLimit, cancellationToken)).Value;
        var caller = request.Caller();
        Check(body);
        foreach (var scope in body.Scopes!.Where(scope => !Scope.Allows(caller.Scopes, scope)))
            throw new DomainException(TenancyErrors.ScopeUngrantable(scope));
        var tenant = await TenantOfAsync(caller, body.TenantId, cancellationToken);

        var key = ApiKey.New();
        var record = new KeyRecord
        {
            KeyId = key.KeyId,
            Tenant = tenant,
            Name = body.Name!,
            Scopes = [.. body.Scopes!.Distinct()],
            Hash = hasher.Hash(key),
            RateLimitPerMinute = body.RateLimitPerMinute ?? KeyRecord.DefaultRateLimitPerMinute,
            CreatedAt = clock.GetUtcNow(),
            ExpiresAt = body.ExpiresAt,
        };
        await keys.SaveAsync(record, cancellationToken);
        return Replies.Json(
            new { keyId = $"key_{key.KeyId}", key = key.Text, tenantId = tenant.Value, record.Name, record.Scopes, record.RateLimitPerMinute, record.CreatedAt, record.ExpiresAt }, 201);
    }

    [Function("ListKeys")]
    [Requires("admin:read")]
    [Operation("Lists keys, without their secrets.")]
    [Paged]
    [Answers(200, typeof(object))]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "manage/keys")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (limit, after) = paging.Read(request, List);
        var page = new List<object>();
        string? last = null;
        await foreach (var key in keys.ListAsync(request.Tenant(), after, limit, cancellationToken))
        {
            page.Add(new { keyId = $"key_{key.KeyId}", prefix = $"po_{key.KeyId}", key.Name, key.Scopes, key.RateLimitPerMinute, key.CreatedAt, key.ExpiresAt, key.RevokedAt });
            last = key.KeyId;
            if (page.Count == limit)
                break;
        }
        return paging.Reply(request, List, page, page.Count == limit ? last : null);
    }

    [Function("RevokeKey")]
    [Requires("admin:write")]
    [Operation("Ends a key at once.")]
    [Answers(200, typeof(object))]
    [Refuses("key_not_found")]
    public async Task<IResult> RevokeAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "manage/keys/{id}/revoke")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var caller = request.Caller();
        var key = id.StartsWith("key_", StringComparison.Ordinal) ? await keys.FindAsync(id[4..], cancellationToken) : null;
        if (key is null || (key.Tenant != caller.Tenant && !caller.IsOperator("admin:write")))
            throw new DomainException(TenancyErrors.KeyNotFound);
        await keys.SaveAsync(key with { RevokedAt = key.RevokedAt ?? clock.GetUtcNow() }, cancellationToken);
        directory.Forget(key.KeyId);
        return Replies.Ok(new { keyId = id, revokedAt = key.RevokedAt ?? clock.GetUtcNow() });
    }

    private void Check(CreateKeyRequest body)
    {
        var errors = new FieldErrors();
        errors.Require(body.Name is { Length: <= 200 } name && !string.IsNullOrWhiteSpace(name), "name", "must be 1 to 200 characters");
        errors.Require(body.Scopes is { Count: > 0 }, "scopes", "must name at least one scope");
        foreach (var (index, scope) in (body.Scopes ?? []).Index())
            errors.Require(Scope.IsKnown(scope), $"scopes[{index}]", $"must be * or one of {string.Join(", ", Scope.Areas)} with :read or :write");
        errors.Require(body.ExpiresAt is null || body.ExpiresAt > clock.GetUtcNow(), "expiresAt", "must lie in the future");
        errors.Require(body.RateLimitPerMinute is null or (>= 1 and <= MostRequestsPerMinute), "rateLimitPerMinute", $"must be 1 to {MostRequestsPerMinute}");
        errors.ThrowIfAny();
    }

    private async Task<TenantId> TenantOfAsync(Caller caller, string? named, CancellationToken cancellationToken)
    {
        if (named is null || named == caller.Tenant.Value)
            return caller.Tenant;
        if (!caller.IsOperator("admin:write"))
            throw new DomainException(TenancyErrors.OperatorOnly);
        return TenantId.TryParse(named, out var tenant) && await tenants.FindAsync(tenant, cancellationToken) is not null
            ? tenant
            : throw new DomainException(TenancyErrors.TenantNotFound);
    }
}
