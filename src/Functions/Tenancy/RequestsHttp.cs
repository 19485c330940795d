using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Requests;

namespace ProspectOps.Functions.Tenancy;

public sealed class RequestsHttp(RequestLog requests, KeyService keys, Paging paging)
{
    [Function("ListRequests")]
    [Requires("admin:read")]
    [Operation("Every request of 30 days, newest first.")]
    [Parameter("key", "Those of this key alone: key_….")]
    [Parameter("status", "Those answered with it, such as 404, or 4xx.")]
    [Parameter("from", "A time, or a day.", Example = "2026-01-31T09:00:00Z")]
    [Parameter("to", "A time, or a day.", Example = "2026-02-01")]
    [Parameter("tenantId", "Another tenant, for the operator alone; the key's own where none is named.")]
    [Paged]
    [Answers(200, typeof(PageView<RequestRecord>))]
    [Refuses("operator_only", "tenant_not_found")]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "manage/requests")] HttpRequest request, CancellationToken cancellationToken)
    {
        var tenant = await request.NamedTenantAsync(keys, cancellationToken);
        var (fromStatus, toStatus) = StatusOf(request);
        var filter = new RequestFilter(request.TextOf("key"), fromStatus, toStatus, request.TimeOf("from"), request.TimeOf("to", isEnd: true));
        var list = $"requests?{tenant.Value}{filter}";
        var (limit, after) = paging.Read(request, list);
        // What this process has seen is to be found at once.
        await requests.FlushAsync(cancellationToken);
        var (items, next) = await requests.PageAsync(tenant, filter, after, limit, cancellationToken);
        return paging.Reply(request, list, items, next);
    }

    // 404, or 4xx for all of a kind.
    private static (int?, int?) StatusOf(HttpRequest request)
    {
        if (request.TextOf("status") is not { } text)
            return (null, null);
        if (text.Length == 3 && text[0] is >= '1' and <= '5' && text.EndsWith("xx", StringComparison.OrdinalIgnoreCase))
            return ((text[0] - '0') * 100, ((text[0] - '0') * 100) + 99);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 100 and <= 599
            ? (status, status)
            : throw new DomainException(ApiErrors.QueryInvalid("status", "must be a status such as 404, or 4xx"));
    }
}
