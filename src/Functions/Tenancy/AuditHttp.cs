using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Audit;

namespace ProspectOps.Functions.Tenancy;

public sealed class AuditHttp(AuditLog audit, KeyService keys, Paging paging)
{
    private static readonly string[] Columns = ["auditId", "at", "seq", "actor", "actorTenant", "action", "target", "before", "after", "address", "requestId", "previousHash", "hash"];

    [Function("ListAudit")]
    [Requires("admin:read")]
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
    public async Task<IResult> ExportAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "manage/audit/export")] HttpRequest request, CancellationToken cancellationToken)
    {
        var tenant = await request.NamedTenantAsync(keys, cancellationToken);
        var filter = FilterOf(request);
        var file = RowFile.Of(request, $"audit-{tenant.Value}", audit.AllAsync(tenant, filter, cancellationToken).Select(AuditView.Of), Columns, entry =>
        [
            entry.AuditId, entry.At.ToString("O"), entry.Seq, entry.Actor, entry.ActorTenant, entry.Action, entry.Target, entry.Before?.GetRawText(), entry.After?.GetRawText(), entry.Address, entry.RequestId, entry.PreviousHash, entry.Hash,
        ]);
        // What the file is held against goes before it: its entries lead from the last hash back to the first.
        var (manifest, signature) = await audit.ManifestAsync(tenant, filter, cancellationToken);
        request.HttpContext.Response.Headers["X-Audit-Manifest"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(manifest));
        request.HttpContext.Response.Headers["X-Audit-Signature"] = $"v1,{signature}";
        return file;
    }

    [Function("VerifyAudit")]
    [Requires("admin:read")]
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
