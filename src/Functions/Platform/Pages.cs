using Microsoft.AspNetCore.Http;

namespace ProspectOps.Functions.Platform;

/// <summary>HTML, each page with a policy of what it may load.</summary>
internal static class Pages
{
    public const string NothingButStyle = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

    public static IResult Html(string html, string policy, int status = 200) => new HtmlResult(html, policy, status);

    private sealed class HtmlResult(string html, string policy, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = status;
            response.ContentType = "text/html; charset=utf-8";
            response.Headers.ContentSecurityPolicy = policy;
            return response.WriteAsync(html, httpContext.RequestAborted);
        }
    }
}
