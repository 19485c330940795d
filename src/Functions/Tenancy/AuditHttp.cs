using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Json;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Audit;

namespace ProspectOps.Functions.Tenancy;

public sealed class AuditHttp(AuditLog audit, AuditSigningKey signing, KeyService keys, Paging paging)
{
    private static readonly string[] Columns = ["auditId", "at", "seq", "actor", "actorTenant", "action", "target", "before", "after", "address", "requestId", "previousHash", "hash"];

    [Function("ListAudit")]
    [Requires("admin:read")]
    [Operation("Who did what to what from where, newest first.")]
    [Parameter("actor", "Who: key_…, or anonymous.")]
    [Parameter("action", "What, such as key.revoke; its first part stands for all of its kind.")]
    [Parameter("target", "What it was done to.")]
    [Parameter("from", "A time, or a day.", Example = "2026-01-31T09:00:00Z")]
    [Parameter("to", "A time, or a day.", Example = "2026-02-01")]
    [Parameter("tenantId", "Another tenant, for the operator alone; the key's own where none is named.")]
    [Paged]
    [Answers(200, typeof(PageView<AuditView>))]
    [Refuses("operator_only", "tenant_not_found")]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "manage/audit")] HttpRequest request, CancellationToken cancellationToken)
    {
        var tenant = await request.NamedTenantAsync(keys, cancellationToken);
        var filter = FilterOf(request);
        var list = $"audit?{tenant.Value}{filter}";
        var (limit, after) = paging.Read(request, list);
        var (entries, next) = await audit.PageAsync(tenant, filter, after, limit, cancellationToken);
        return paging.Reply(request, list, [.. entries.Select(AuditView.Of)], next);
    }

    [Function("ExportAudit")]
    [Requires("admin:read")]
    [Operation("The audit log as a file.", Description = "`X-Audit-Manifest` holds, in base64, the ends of the chains that the file is held against; `X-Audit-Signature` signs it by Ed25519, and `X-Audit-Public-Key` checks that.")]
    [Parameter("format", "Of the file.", OneOf = ["csv", "jsonl"])]
    [Parameter("actor", "Who: key_…, or anonymous.")]
    [Parameter("action", "What, such as key.revoke; its first part stands for all of its kind.")]
    [Parameter("target", "What it was done to.")]
    [Parameter("from", "A time, or a day.", Example = "2026-01-31T09:00:00Z")]
    [Parameter("to", "A time, or a day.", Example = "2026-02-01")]
    [Parameter("tenantId", "Another tenant, for the operator alone; the key's own where none is named.")]
    [Answers(200)]
    [AnswersFile("text/csv", "application/x-ndjson")]
    [Refuses("operator_only", "tenant_not_found")]
    public async Task<IResult> ExportAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "manage/audit/export")] HttpRequest request, CancellationToken cancellationToken)
    {
        var tenant = await request.NamedTenantAsync(keys, cancellationToken);
        var filter = FilterOf(request);
        var file = RowFile.Of(request, $"audit-{tenant.Value}", audit.AllAsync(tenant, filter, cancellationToken).Select(AuditView.Of), Columns, entry =>
        [
            entry.AuditId, JsonDefaults.TimeText(entry.At), entry.Seq, entry.Actor, entry.ActorTenant, entry.Action, entry.Target, entry.Before?.GetRawText(), entry.After?.GetRawText(), entry.Address, entry.RequestId, entry.PreviousHash, entry.Hash,
        ]);
        // What the file is held against goes before it: its entries lead from the last hash back to the first.
        var (manifest, signature) = await audit.ManifestAsync(tenant, filter, cancellationToken);
        request.HttpContext.Response.Headers["X-Audit-Manifest"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(manifest));
        request.HttpContext.Response.Headers["X-Audit-Signature"] = signature;
        request.HttpContext.Response.Headers["X-Audit-Public-Key"] = signing.PublicKey;
        return file;
    }

    [Function("VerifyAudit")]
    [Requires("admin:read")]
    [Operation("Walks the chains of the audit log, and names the oldest entry that is not as it was written.")]
    [Parameter("tenantId", "Another tenant, for the operator alone; the key's own where none is named.")]
    [Answers(200, typeof(AuditVerdict))]
    [Refuses("operator_only", "tenant_not_found")]
    public async Task<IResult> VerifyAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "manage/audit/verify")] HttpRequest request, CancellationToken cancellationToken) =>
        Replies.Ok(await audit.VerifyAsync(await request.NamedTenantAsync(keys, cancellationToken), cancellationToken));

    private static AuditFilter FilterOf(HttpRequest request)
    {
        var (from, to) = (request.TimeOf("from"), request.TimeOf("to", isEnd: true));
        if (from >= to)
            throw new DomainException(ApiErrors.QueryInvalid("to", "must be after from"));
        return new AuditFilter(request.TextOf("actor"), request.TextOf("action"), request.TextOf("target"), from, to);
    }
}
