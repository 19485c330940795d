using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.LocalRuntime.Tests.Worker.Http;

public static class HttpFunctions
{
    public sealed class Hello
    {
        [Function("Hello")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Text("hello");

        [Function("Throws")]
        public static async Task<IResult> Throws([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            await Task.Yield();
            throw new InvalidOperationException("no");
        }

        [Function("Parses")]
        public static async Task<IResult> Parses([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, CancellationToken cancellationToken)
        {
            try
            {
                using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
                return TypedResults.Ok();
            }
            catch (JsonException)
            {
                return TypedResults.BadRequest();
            }
        }

        [Function("Length")]
        public static async Task<IResult> Length([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, CancellationToken cancellationToken)
        {
            var buffer = new byte[64 * 1024];
            var total = 0L;
            while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
                total += read;
            return Results.Text($"{total}");
        }

        [Function("Action")]
        public IActionResult Action([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
            new ObjectResult(new { Name = "x" }) { StatusCode = StatusCodes.Status202Accepted };

        [Function("Origin")]
        public IResult Origin([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
            Results.Text($"{request.Scheme}://{request.Host}");
    }

    public sealed class Routed
    {
        [Function("ByGuid")]
        public IResult ByGuid([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "guid/{id:guid}")] HttpRequest request, Guid id) => Results.Text($"{id}");

        [Function("ByValues")]
        public Task<IResult> ByValues(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "values/{text}/{number}/{flag?}")] HttpRequest request, string text, int number, bool? flag) =>
            Task.FromResult(Results.Text($"{text} {number} {flag?.ToString() ?? "-"} -"));

        [Function("ByRest")]
        public Task<IResult> ByRest(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "values/{text}/{number}/{flag}/{one}/{*rest}")] HttpRequest request,
            string text, int number, bool flag, string one, string? rest) =>
            Task.FromResult(Results.Text($"{text} {number} {flag} {one}/{rest}"));
    }

    public sealed class CatchAll
    {
        [Function("ZzzUnmatched")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request, string? path) =>
            Results.Text($"unmatched {path}", statusCode: StatusCodes.Status404NotFound);
    }

    public sealed class Seen
    {
        public SemaphoreSlim Started { get; } = new(0);

        public SemaphoreSlim Cancelled { get; } = new(0);
    }

    public sealed class Waits(Seen seen)
    {
        [Function("Waits")]
        public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, CancellationToken cancellationToken)
        {
            seen.Started.Release();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return Results.Ok();
        }

        [Function("WaitsAndHandles")]
        public async Task<IResult> Handles([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, FunctionContext context)
        {
            seen.Started.Release();
            try
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            }
            catch (OperationCanceledException)
            {
                seen.Cancelled.Release();
            }
            return Results.Ok();
        }
    }
}
