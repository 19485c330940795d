using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Requests;
using ProspectOps.Tenancy.Usage;

namespace ProspectOps.Functions.Platform;

/// <summary>Notes every request of a key in the request log and in the usage, once its answer is handed over.</summary>
public sealed class RequestTrail(RequestLog requests, UsageMeter usage, TimeProvider clock)
{
    /// <param name="started">Of <see cref="Stopwatch"/>.</param>
    internal void Begin(HttpContext http, Caller caller, string function, FunctionRule rule, long started)
    {
        var request = new Request(this, http, caller, function, rule, clock.GetUtcNow(), started);
        http.Response.OnCompleted(static state => ((Request)state).End(), request);
    }

    private sealed class Request(RequestTrail trail, HttpContext http, Caller caller, string function, FunctionRule rule, DateTimeOffset at, long started)
    {
        public Task End()
        {
            var record = new RequestRecord(
                at, caller.RequestId, $"key_{caller.KeyId}", http.Request.Method, rule.Route, http.Response.StatusCode,
                Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 2), http.Response.ContentLength);
            trail.Note(caller, function, record);
            return Task.CompletedTask;
        }
    }

    private void Note(Caller caller, string function, RequestRecord record)
    {
        requests.Note(caller.Tenant, record);
        usage.Count(caller.Tenant, caller.KeyId, function, new UsageCounts(Requests: 1));
    }
}
