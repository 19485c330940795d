using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Hosting;
using ProspectOps.Webhooks;

namespace ProspectOps.Functions.Webhooks;

/// <summary>A receiver that fails by a script, to try retries with: on one machine alone, and no more than a receiver. A challenge passes at once, but for the script that is gone.</summary>
public sealed class TestSinkHttp(IOptions<PlatformOptions> options, TimeProvider clock) : IDisposable
{
    private const int MostBytes = 1024 * 1024;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(3);

    // How often each event came, by its webhook-id.
    private readonly MemoryCache _seen = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    [Function("TestSink")]
    [Open]
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
                return Answer(script, Times(request, script) <= 3 ? 503 : 200);
            case "hang-20":
                await Task.Delay(Hang, clock, cancellationToken);
                return Answer(script, 200);
            case "410":
                return Answer(script, 410);
            case "429-5":
                if (Times(request, script) > 1)
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

    public void Dispose() => _seen.Dispose();

    private int Times(HttpRequest request, string script)
    {
        var seen = _seen.GetOrCreate((script, request.Headers["webhook-id"].ToString()), entry =>
        {
            entry.SetSize(1).SetSlidingExpiration(TimeSpan.FromHours(12));
            return new int[1];
        })!;
        return Interlocked.Increment(ref seen[0]);
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

    private static IResult Answer(string script, int status) => Replies.Json(new { script, status }, status);
}
