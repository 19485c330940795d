using Microsoft.Azure.Functions.Worker.Http;
using ProspectOps.LocalRuntime.Worker.Http.Data;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The request behind an invocation, in the worker's own type.</summary>
public static class FunctionContextHttpRequestExtensions
{
    /// <returns>The same object at each call; null for other triggers.</returns>
    public static ValueTask<HttpRequestData?> GetHttpRequestDataAsync(this FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.GetHttpContext() is not { } http)
            return ValueTask.FromResult<HttpRequestData?>(null);
        if (context.Features.Get<LocalHttpRequestData>() is not { } request)
            context.Features.Set(request = new LocalHttpRequestData(context, http.Request));
        return ValueTask.FromResult<HttpRequestData?>(request);
    }
}
