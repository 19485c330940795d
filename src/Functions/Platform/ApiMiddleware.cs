using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProspectOps.Inbound;
using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Audit;
using ProspectOps.Tenancy.Limits;

namespace ProspectOps.Functions.Platform;

/// <summary>Stands before every HTTP function: who calls, how often, what is kept of it, and what a refusal looks like. Other triggers pass straight through, so that their failures are retried.</summary>
public sealed class ApiMiddleware(
    FunctionAccess access, Gate gate, RateLimiter limiter, AuditLog audit, SignInFailures failures, RequestTrail trail, CrossOrigin crossOrigin, IOptions<TenancyOptions> options, ILogger<ApiMiddleware> log)
    : IFunctionsWorkerMiddleware
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
        var started = Stopwatch.GetTimestamp();
        var name = context.FunctionDefinition.Name;
        var rule = access.RuleOf(name);
        var exchange = trail.Begin(http, name, rule, started);
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
            if (rule.Scope is { } scope && !(rule.MayBeSigned && InboundHeaders.IsSigned(http.Request)))
                await AdmitAsync(http, exchange, scope, requestId);
            await next(context);
            // What was signed in place of a key has no caller; the service that checked the signature keeps who it was.
            if (rule.AuditAction is { } action && http.Features.Get<Caller>() is { } caller)
                await AuditAsync(http, caller, action);
        }
        catch (DomainException e)
        {
            // The gate notes those of keys itself; whose a wrong signature would have been, nobody knows.
            if (InboundErrors.IsFailedSignIn(e.Error))
                failures.Note(null, e.Error.Code, ClientAddress.Of(http, options.Value.ForwardedHops), requestId);
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

    private async ValueTask AdmitAsync(HttpContext http, RequestTrail.Exchange exchange, string scope, string requestId)
    {
        var address = ClientAddress.Of(http, options.Value.ForwardedHops);
        var caller = await gate.IdentifyAsync(KeyOf(http.Request), address, http.Request.Headers.UserAgent.ToString(), requestId, http.RequestAborted);
        exchange.By(caller);
        var decision = await limiter.TakeAsync(caller.Key);
        var headers = http.Response.Headers;
        headers["RateLimit-Limit"] = decision.Limit.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = decision.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = decision.ResetSeconds.ToString(CultureInfo.InvariantCulture);
        if (!decision.Allowed)
            throw new DomainException(TenancyErrors.RateLimited(TimeSpan.FromSeconds(decision.ResetSeconds)));
        await gate.RequireAsync(caller, scope, address, http.RequestAborted);
        http.Features.Set(caller);
    }

    // After the function, and before its answer is written: a change that was refused is none, and one that is answered is in the log.
    private async Task AuditAsync(HttpContext http, Caller caller, string action)
    {
        await audit.RecordAsync(caller.Tenant, AuditDraft.By(caller, action, Masked(http.Request.Path), null, null), CancellationToken.None);
    }

    private static string? KeyOf(HttpRequest request)
    {
        if (request.Headers["X-API-Key"].ToString() is { Length: > 0 } key)
            return key;
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization[7..].Trim() : null;
    }

    private static string Masked(PathString path) => string.Join('/', (path.Value ?? "").Split('/').Select(part => part.Contains('@', StringComparison.Ordinal) ? $"{part[..1]}…" : part));

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
