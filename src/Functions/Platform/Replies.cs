using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ProspectOps.Platform.Idempotency;
using ProspectOps.Platform.Json;

namespace ProspectOps.Functions.Platform;

/// <summary>Answers in JSON, all written the same way.</summary>
internal static class Replies
{
    public static IResult Ok<T>(T value) => Json(value, 200);

    public static IResult Json<T>(T value, int status) => Results.Json(value, JsonDefaults.Options, statusCode: status);

    public static IResult Accepted<T>(string location, T value) => new TextResult(new IdempotentReply(202, location, Text(value)), replayed: false);

    public static IResult Of(IdempotentReply reply, bool replayed) => new TextResult(reply, replayed);

    public static string Text<T>(T value) => JsonSerializer.Serialize(value, JsonDefaults.Options);

    private sealed class TextResult(IdempotentReply reply, bool replayed) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = reply.Status;
            response.ContentType = "application/json; charset=utf-8";
            if (reply.Location is { } location)
                response.Headers.Location = location;
            if (replayed)
                response.Headers["Idempotency-Replayed"] = "true";
            return response.WriteAsync(reply.Body, httpContext.RequestAborted);
        }
    }
}
