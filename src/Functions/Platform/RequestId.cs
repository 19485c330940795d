using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace ProspectOps.Functions.Platform;

/// <summary>Names a request in answers and logs: the trace id that the caller sent in <c>traceparent</c>, or one of our own.</summary>
internal static class RequestId
{
    public static string Of(HttpContext http) =>
        ActivityContext.TryParse(http.Request.Headers.TraceParent.ToString(), null, out var trace)
            ? trace.TraceId.ToHexString()
            : ActivityTraceId.CreateRandom().ToHexString();
}
