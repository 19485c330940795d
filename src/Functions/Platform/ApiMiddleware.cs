using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy;

namespace ProspectOps.Functions.Platform;

/// <summary>Stands before every HTTP function: who calls, how often, and what a refusal looks like. Other triggers pass straight through, so that their failures are retried.</summary>
public sealed class ApiMiddleware(FunctionAccess access, Authenticator authenticator, RateLimiter limiter, CrossOrigin crossOrigin, ILogger<ApiMiddleware> log) : IFunctionsWorkerMiddleware
{
    private const string RequestIdHeader = "X-Request-Id";

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        return context.GetHttpContext() is { } http ? InvokeHttpAsync(context, http, next) : next(context);
    }

    private async Task InvokeHttpAsync(FunctionContext context, HttpContext http, FunctionExecutionDelegate next)
    {
        var requestId = RequestId.Of(http);
        http.Response.Headers[RequestIdHeader] = requestId;
        SecurityHeaders.Apply(http);
        if (crossOrigin.Answer(http))
        {
            context.GetInvocationResult().Value = Results.NoContent();
            return;
        }
        try
        {
            if (access.ScopeOf(context.FunctionDefinition.Name) is { } scope)
                await AdmitAsync(http, scope);
            await next(context);
        }
        catch (DomainException e)
        {
            Answer(context, http, e.Error, requestId);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
            throw;
        }
        catch (BadHttpRequestException e)
        {
            Answer(context, http, ApiErrors.BadRequest(e.StatusCode), requestId);
        }
        catch (Exception e)
        {
            log.RequestFailed(e, context.FunctionDefinition.Name, requestId);
            Answer(context, http, ApiErrors.Internal, requestId);
        }
    }

    private async ValueTask AdmitAsync(HttpContext http, string scope)
    {
        var key = await authenticator.AuthenticateAsync(KeyOf(http.Request), http.RequestAborted);
        var decision = limiter.Take(key);
        var headers = http.Response.Headers;
        headers["RateLimit-Limit"] = decision.Limit.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = decision.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = decision.ResetSeconds.ToString(CultureInfo.InvariantCulture);
        if (!decision.Allowed)
            throw new DomainException(TenancyErrors.RateLimited(TimeSpan.FromSeconds(decision.ResetSeconds)));
        if (scope.Length > 0 && !Scope.Allows(key.Scopes, scope))
            throw new DomainException(TenancyErrors.ScopeMissing(scope));
        http.Features.Set(new Caller(key.Tenant, key.KeyId, key.Scopes));
    }

    private static string? KeyOf(HttpRequest request)
    {
        if (request.Headers["X-API-Key"].ToString() is { Length: > 0 } key)
            return key;
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization[7..].Trim() : null;
    }

    private static void Answer(FunctionContext context, HttpContext http, DomainError error, string requestId)
    {
        if (http.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            http.Abort();
            return;
        }
        context.GetInvocationResult().Value = Problems.Of(error, http.Request.Path, requestId);
    }
}
