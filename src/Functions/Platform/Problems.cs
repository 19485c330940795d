using System.Globalization;
using System.Text.Json;
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

    public static string TitleOf(int status) => status switch
    {
        400 => "The request cannot be used as it is",
        401 => "No valid API key",
        403 => "Not allowed",
        404 => "Not found",
        405 => "Method not allowed",
        409 => "Not in this state",
        413 => "Too large",
        415 => "Unsupported media type",
        429 => "Too many requests",
        500 => "Internal error",
        503 => "Not available",
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
                title = TitleOf(response.StatusCode),
                status = response.StatusCode,
                detail = error.Detail,
                instance = instance.Value,
                code = error.Code,
                errors = error.Errors,
                fix = error.Fix,
                resetsAt = error.ResetsAt,
                requestId,
            };
            var bytes = JsonSerializer.SerializeToUtf8Bytes(body, JsonDefaults.Options);
            response.ContentType = "application/problem+json";
            response.ContentLength = bytes.Length;
            return response.Body.WriteAsync(bytes, httpContext.RequestAborted).AsTask();
        }
    }
}
