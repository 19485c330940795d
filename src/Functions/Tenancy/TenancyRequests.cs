using Microsoft.AspNetCore.Http;
using ProspectOps.Functions.Platform;
using ProspectOps.Tenancy;

namespace ProspectOps.Functions.Tenancy;

/// <summary>What the requests of administration have in common.</summary>
internal static class TenancyRequests
{
    /// <summary>The caller's tenant, or the one that the operator names as <c>tenantId</c>.</summary>
    public static Task<TenantId> NamedTenantAsync(this HttpRequest request, KeyService service, CancellationToken cancellationToken) =>
        service.TenantAsync(request.Caller(), request.TextOf("tenantId"), cancellationToken);
}
