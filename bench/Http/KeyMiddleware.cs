using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Limits;
using ProspectOps.Tenancy.Requests;
using ProspectOps.Tenancy.Usage;

namespace ProspectOps.Bench.Http;

/// <summary>What the app does for a request with a key, by the app's own services: who it is, rate limit and its headers, scope, request log and usage.</summary>
internal sealed class KeyMiddleware(Gate gate, RateLimiter limiter, RequestLog requests, UsageMeter usage, TimeProvider clock) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var http = context.GetHttpContext()!;
        var requestId = ActivityTraceId.CreateRandom().ToHexString();
        http.Response.Headers["X-Request-Id"] = requestId;
        if (context.FunctionDefinition.Name is AuthFunctions.Keyed or AuthFunctions.KeyedRow && !await AdmitAsync(http, requestId))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        await next(context);
    }

    private async ValueTask<bool> AdmitAsync(HttpContext http, string requestId)
    {
        try
        {
            var (at, started, address) = (clock.GetUtcNow(), Stopwatch.GetTimestamp(), http.Connection.RemoteIpAddress);
            var caller = await gate.IdentifyAsync(http.Request.Headers["X-API-Key"].ToString(), address, http.Request.Headers.UserAgent.ToString(), requestId, http.RequestAborted);
            http.Response.OnCompleted(() =>
            {
                requests.Note(caller.Tenant, new RequestRecord(
                    at, requestId, $"key_{caller.KeyId}", http.Request.Method, "/api/bench/keyed", http.Response.StatusCode,
                    Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 2), http.Response.ContentLength));
                usage.Count(caller.Tenant, caller.KeyId, AuthFunctions.Keyed, new UsageCounts(Requests: 1));
                return Task.CompletedTask;
            });
            var decision = await limiter.TakeAsync(caller.Key);
            var headers = http.Response.Headers;
            headers["RateLimit-Limit"] = decision.Limit.ToString(CultureInfo.InvariantCulture);
            headers["RateLimit-Remaining"] = decision.Remaining.ToString(CultureInfo.InvariantCulture);
            headers["RateLimit-Reset"] = decision.ResetSeconds.ToString(CultureInfo.InvariantCulture);
            await gate.RequireAsync(caller, "validation:read", address, http.RequestAborted);
            http.Features.Set(caller);
            return decision.Allowed;
        }
        catch (DomainException)
        {
            return false;
        }
    }
}
