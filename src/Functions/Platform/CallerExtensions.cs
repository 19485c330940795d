using Microsoft.AspNetCore.Http;
using ProspectOps.Tenancy;

namespace ProspectOps.Functions.Platform;

internal static class CallerExtensions
{
    /// <summary>Who calls by key; null where a signature stands in its place.</summary>
    public static Caller? KeyCaller(this HttpRequest request) => request.HttpContext.Features.Get<Caller>();

    /// <summary>Who calls. Only functions with <see cref="RequiresAttribute"/> have one.</summary>
    public static Caller Caller(this HttpRequest request) =>
        request.HttpContext.Features.Get<Caller>() ?? throw new InvalidOperationException("An open function asked who calls.");

    public static TenantId Tenant(this HttpRequest request) => request.Caller().Tenant;
}
