using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ProspectOps.Platform.Idempotency;
using ProspectOps.Platform.Json;

namespace ProspectOps.Functions.Platform;

/// <summary>Answers in JSON, all written the same way.</summary>
internal static class Replies
{
    public static IResult Ok<T>(T value) => Json(value, 200);

    public static IResult Json<T>(T value, int status) => new JsonResult(JsonSerializer.SerializeToUtf8Bytes(value, JsonDefaults.Options), status, null, replayed: false);

    public static IResult Accepted<T>(string location, T value) => new JsonResult(JsonSerializer.SerializeToUtf8Bytes(value, JsonDefaults.Options), 202, location, replayed: false);

    public static IResult Of(IdempotentReply reply, bool replayed) => new JsonResult(Encoding.UTF8.GetBytes(reply.Body), reply.Status, reply.Location, replayed);

    /// <summary>What is JSON already.</summary>
    public static IResult Raw(ReadOnlyMemory<byte> json) => new JsonResult(json, 200, null, replayed: false);

    public static string Text<T>(T value) => JsonSerializer.Serialize(value, JsonDefaults.Options);

    // Serialized before anything is sent: what cannot be is a 500, and the length is known.
    // And kept out of sight: on Azure the worker sends the host, too, whatever its serializer sees of a result.
    private sealed class JsonResult(ReadOnlyMemory<byte> body, int status, string? location, bool replayed) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = status;
            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = body.Length;
            if (location is not null)
                response.Headers.Location = location;
            if (replayed)
                response.Headers["Idempotency-Replayed"] = "true";
            return response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
        }
    }
}
