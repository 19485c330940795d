using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Idempotency;
using ProspectOps.Tenancy;

namespace ProspectOps.Functions.Tenancy;

public sealed class KeysHttp(KeyService service, KeyStore keys, KeyUse use, Creations creations, Paging paging, TimeProvider clock)
{
    private const int UsualGraceHours = 24;
    private const int MostGraceHours = 24 * 90;

    [Function("CreateKey")]
    [Requires("admin:write")]
    [NotAudited("KeyService records it before it is made")]
    [Operation("Makes a key; it is shown this once.")]
    [Takes(typeof(CreateKeyRequest), Example = """{"name":"CRM","scopes":["campaigns:read","webhooks:write"]}""")]
    [Idempotent]
    [Answers(201, typeof(CreatedKeyView))]
    [Refuses("operator_only", "scope_not_grantable", "tenant_not_found")]
    public async Task<IResult> CreateAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "manage/keys")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<CreateKeyRequest>(request, JsonBody.UsualLimit, cancellationToken);
        var wanted = body.Value;
        return await creations.OnceAsync(request, OperationOf(request, "manage/keys"), body, async seed =>
        {
            var (record, key) = await service.CreateAsync(
                request.Caller(), new NewKey(wanted.Name, wanted.Scopes, wanted.ExpiresAt, wanted.AllowedNetworks, wanted.RateLimitPerMinute, wanted.Quotas, wanted.RotateEveryDays), wanted.TenantId, seed, cancellationToken);
            var view = KeyView.Of(record, null, clock.GetUtcNow());
            return new IdempotentReply(201, null, Replies.Text(new CreatedKeyView(
                view.KeyId, key.Text, view.Prefix, view.TenantId, view.Name, view.Status, view.Scopes, view.RateLimitPerMinute, view.AllowedNetworks, view.Quotas,
                view.RotateEveryDays, view.RotationDueAt, view.CreatedAt, view.CreatedBy, view.ExpiresAt)));
        }, cancellationToken);
    }

    [Function("ListKeys")]
    [Requires("admin:read")]
    [Operation("Lists keys, without their secrets.")]
    [Parameter("tenantId", "Another tenant, for the operator alone; the key's own where none is named.")]
    [Paged]
    [Answers(200, typeof(PageView<KeyView>))]
    [Refuses("operator_only", "tenant_not_found")]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "manage/keys")] HttpRequest request, CancellationToken cancellationToken)
    {
        var tenant = await request.NamedTenantAsync(service, cancellationToken);
        var list = $"keys?{tenant.Value}";
        var (limit, after) = paging.Read(request, list);
        var page = new List<KeyRecord>();
        var hasMore = false;
        await foreach (var key in keys.ListAsync(tenant, after, limit + 1, cancellationToken))
        {
            hasMore = page.Count == limit;
            if (hasMore)
                break;
            page.Add(key);
        }
        var used = await use.LastAsync(tenant, [.. page.Select(key => key.KeyId)], cancellationToken);
        return paging.Reply(
            request, list, [.. page.Select(key => KeyView.Of(key, used.GetValueOrDefault(key.KeyId), clock.GetUtcNow()))], hasMore ? page[^1].KeyId : null);
    }

    [Function("RotateKey")]
    [Requires("admin:write")]
    [Operation("Makes a key that takes the place of another; both work for a while.")]
    [Takes(typeof(RotateKeyRequest), IsOptional = true)]
    [Idempotent]
    [Answers(200, typeof(RotatedKeyView))]
    [Refuses("key_not_found", "key_not_active", "key_already_rotated", "key_changed", "scope_not_grantable")]
    [NotAudited("KeyService records it before it is made")]
    public async Task<IResult> RotateAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "manage/keys/{id}/rotate")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadOrEmptyAsync<RotateKeyRequest>(request, cancellationToken);
        var hours = body.Value.GraceHours ?? UsualGraceHours;
        var errors = new FieldErrors();
        errors.Require(hours is >= 0 and <= MostGraceHours, "graceHours", $"must be 0 to {MostGraceHours}");
        errors.ThrowIfAny();
        return await creations.OnceAsync(request, OperationOf(request, $"manage/keys/{id}/rotate"), body, async seed =>
        {
            var (old, next, key) = await service.RotateAsync(request.Caller(), id, TimeSpan.FromHours(hours), seed, cancellationToken);
            return new IdempotentReply(200, null, Replies.Text(new RotatedKeyView(
                KeyView.IdOf(next.KeyId)!, key.Text, KeyView.IdOf(old.KeyId)!, old.ExpiresAt!.Value, next.Name, next.Scopes, next.CreatedAt, next.ExpiresAt, next.RotationDueAt)));
        }, cancellationToken);
    }

    [Function("RevokeKey")]
    [Requires("admin:write")]
    [NotAudited("KeyService records it before it is made")]
    [Operation("Ends a key at once.")]
    [Answers(200, typeof(RevokedKeyView))]
    [Refuses("key_not_found", "last_admin_key", "key_changed")]
    public async Task<IResult> RevokeAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "manage/keys/{id}/revoke")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var revoked = await service.RevokeAsync(request.Caller(), id, cancellationToken);
        return Replies.Ok(new RevokedKeyView(KeyView.IdOf(revoked.KeyId)!, revoked.RevokedAt!.Value));
    }

    // An answer that is replayed holds a key, perhaps with more rights than another caller may grant: so each caller has repeats of its own alone.
    private static string OperationOf(HttpRequest request, string operation) => $"{operation}|{request.Caller().KeyId}";
}
