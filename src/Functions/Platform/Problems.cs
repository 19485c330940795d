using System.Globalization;
using Microsoft.AspNetCore.Http;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Json;

namespace ProspectOps.Functions.Platform;

/// <summary>Refusals as <c>application/problem+json</c> (RFC 9457): one table for the whole API.</summary>
internal static class Problems
{
    public static IResult Of(DomainError error, PathString instance, string requestId) => new ProblemResult(error, instance, requestId);

    public static int StatusOf(DomainError error) => error.Kind switch
    {
        ErrorKind.Invalid => 400,
        ErrorKind.Unauthenticated => 401,
        ErrorKind.Forbidden => 403,
        ErrorKind.NotFound => 404,
        ErrorKind.MethodNotAllowed => 405,
        ErrorKind.Conflict => 409,
        ErrorKind.TooLarge => 413,
        ErrorKind.UnsupportedType => 415,
        ErrorKind.TooMany => 429,
        ErrorKind.Unavailable => error.Code == "internal_error" ? 500 : 503,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string TitleOf(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => "The request cannot be used as it is",
        ErrorKind.Unauthenticated => "No valid API key",
        ErrorKind.Forbidden => "Not allowed",
        ErrorKind.NotFound => "Not found",
        ErrorKind.MethodNotAllowed => "Method not allowed",
        ErrorKind.Conflict => "Not in this state",
        ErrorKind.TooLarge => "Too large",
        ErrorKind.UnsupportedType => "Unsupported media type",
        ErrorKind.TooMany => "Too many requests",
        ErrorKind.Unavailable => "Not available",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private sealed class ProblemResult(DomainError error, PathString instance, string requestId) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = StatusOf(error);
            if (error.RetryAfter is { } wait)
                response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            if (response.StatusCode == 401)
                response.Headers.WWWAuthenticate = "Bearer";
            var body = new
            {
                type = $"/api/errors/{error.Code}",
                title = response.StatusCode == 500 ? "Internal error" : TitleOf(error.Kind),
                status = response.StatusCode,
                detail = error.Detail,
                instance = instance.Value,
                code = error.Code,
                errors = error.Errors,
                fix = error.Fix,
                resetsAt = error.ResetsAt,
                requestId,
            };
            return response.WriteAsJsonAsync(body, JsonDefaults.Options, "application/problem+json", httpContext.RequestAborted);
        }
    }
}
