using Microsoft.AspNetCore.Http;
using ProspectOps.Platform.Errors;

namespace ProspectOps.Functions.Platform;

/// <summary>Words that stand where an id could: a GET of them is a wrong method, not a missing thing.</summary>
internal static class Reserved
{
    public static DomainException PostOnly(HttpRequest request)
    {
        request.HttpContext.Response.Headers.Allow = "POST";
        return new DomainException(ApiErrors.MethodNotAllowed(request.Method, ["POST"]));
    }
}
