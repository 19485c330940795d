using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Requests;
using ProspectOps.Tenancy.Usage;

namespace ProspectOps.Functions.Platform;

/// <summary>Counts every request once its answer is handed over, and notes those of a key in the request log and in the usage.</summary>
public sealed class RequestTrail(RequestLog requests, UsageMeter usage, HttpTraffic traffic, TimeProvider clock)
{
    /// <param name="started">Of <see cref="Stopwatch"/>.</param>
    internal Exchange Begin(HttpContext http, string function, FunctionRule rule, long started)
    {
        var exchange = new Exchange(this, http, function, rule, started);
        http.Response.OnCompleted(static state => ((Exchange)state).End(), exchange);
        return exchange;
    }

    private DateTimeOffset Now => clock.GetUtcNow();

    private void Note(HttpContext http, string function, FunctionRule rule, Caller? caller, DateTimeOffset at, TimeSpan took)
    {
        var status = http.Response.StatusCode;
        traffic.Of(function).Count(http.Request.Method, status, took);
        if (caller is null)
            return;
        var bytes = http.Response.ContentLength ?? http.Features.Get<StreamedBytes>()?.Count ?? 0;
        requests.Note(caller.Tenant, new RequestRecord(at, caller.RequestId, $"key_{caller.KeyId}", http.Request.Method, rule.Route, status, Math.Round(took.TotalMilliseconds, 2), bytes));
        usage.Count(caller.Tenant, caller.KeyId, function, new UsageCounts(Requests: 1));
    }

    /// <summary>A request and its answer.</summary>
    internal sealed class Exchange(RequestTrail trail, HttpContext http, string function, FunctionRule rule, long started)
    {
        private Caller? _caller;
        private DateTimeOffset _at;

        /// <summary>Says whose request it is.</summary>
        public void By(Caller caller) => (_caller, _at) = (caller, trail.Now);

        public Task End()
        {
            trail.Note(http, function, rule, _caller, _at, Stopwatch.GetElapsedTime(started));
            return Task.CompletedTask;
        }
    }
}
