using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Hosting;
using ProspectOps.Webhooks;

namespace ProspectOps.Functions.Webhooks;

/// <summary>A receiver that fails by a script, to try retries with: on one machine alone, and no more than a receiver. A challenge passes at once, but for the script that is gone.</summary>
public sealed class TestSinkHttp(SinkMemory seen, IOptions<PlatformOptions> options, TimeProvider clock)
{
    private const int MostBytes = 1024 * 1024;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(3);

    [Function("TestSink")]
    [Open]
    [Operation("Receives webhooks and fails by a script, to try retries with. In local mode alone.")]
    [Parameter("script", "What it does.", OneOf = ["ok", "fail-3", "hang-20", "410", "429-5", "slow", "reset"])]
    [Answers(200, typeof(SinkView))]
    [Refuses("route_not_found")]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "_test/sink/{script}")] HttpRequest request, string script, CancellationToken cancellationToken)
    {
        if (options.Value.Mode != "local")
            throw new DomainException(ApiErrors.RouteNotFound);
        if (script is ("fail-3" or "hang-20" or "429-5" or "slow" or "reset") && await IsChallengeAsync(request, cancellationToken))
            return Answer(script, 200);
        switch (script)
        {
            case "ok":
                return Answer(script, 200);
            case "fail-3":
                return Answer(script, seen.Times(script, request.Headers["webhook-id"].ToString()) <= 3 ? 503 : 200);
            case "hang-20":
                await Task.Delay(Hang, clock, cancellationToken);
                return Answer(script, 200);
            case "410":
                return Answer(script, 410);
            case "429-5":
                if (seen.Times(script, request.Headers["webhook-id"].ToString()) > 1)
                    return Answer(script, 200);
                request.HttpContext.Response.Headers.RetryAfter = "5";
                return Answer(script, 429);
            case "slow":
                await Task.Delay(Slow, clock, cancellationToken);
                return Answer(script, 200);
            case "reset":
                request.HttpContext.Abort();
                return Results.Empty;
            default:
                throw new DomainException(ApiErrors.RouteNotFound);
        }
    }

    private static async Task<bool> IsChallengeAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength is not (> 0 and < MostBytes))
            return false;
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, default, cancellationToken);
            return body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("type", out var type)
                && type.ValueKind == JsonValueKind.String && type.ValueEquals(EventTypes.EndpointChallenge);
        }
        catch (JsonException)
        {
            return false; // any body will do
        }
    }

    private static IResult Answer(string script, int status) => Replies.Json(new SinkView(script, status), status);
}
