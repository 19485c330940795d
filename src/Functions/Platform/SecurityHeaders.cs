using Microsoft.AspNetCore.Http;

namespace ProspectOps.Functions.Platform;

/// <summary>What every answer tells browsers, so that nothing of ours can be framed, sniffed, cached or run. A page says itself what it needs beyond that.</summary>
/// <remarks>https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html</remarks>
internal static class SecurityHeaders
{
    public static void Apply(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers.CacheControl = "no-store";
        // Over plain HTTP browsers ignore it, as they should on a laptop.
        if (http.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
    }
}
