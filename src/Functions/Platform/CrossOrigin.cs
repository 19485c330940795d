using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ProspectOps.Functions.Platform;

/// <summary>Says to browsers which pages may call the API (CORS). Keys travel in headers, never in cookies, so credentials are not allowed.</summary>
/// <remarks>https://fetch.spec.whatwg.org/#http-cors-protocol</remarks>
public sealed class CrossOrigin(IOptions<ApiOptions> options)
{
    private const string Exposed = "X-Request-Id, Location, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Idempotency-Replayed, Content-Disposition";

    private readonly HashSet<string> _origins = new(options.Value.AllowedOrigins, StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds what an allowed page needs to be told.</summary>
    /// <returns>True where the request only asks for leave, and is answered by that.</returns>
    public bool Answer(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (_origins.Count == 0)
            return false;
        var headers = http.Response.Headers;
        headers.Append("Vary", "Origin");
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || !(_origins.Contains("*") || _origins.Contains(origin)))
            return false;
        headers.AccessControlAllowOrigin = _origins.Contains("*") ? "*" : origin;
        headers.AccessControlExposeHeaders = Exposed;
        if (!HttpMethods.IsOptions(http.Request.Method) || http.Request.Headers.AccessControlRequestMethod.Count == 0)
            return false;
        headers.AccessControlAllowMethods = "GET, POST, PUT, PATCH, DELETE";
        headers.AccessControlAllowHeaders = "X-API-Key, Authorization, Content-Type, Idempotency-Key, traceparent";
        headers.AccessControlMaxAge = "600";
        return true;
    }
}
