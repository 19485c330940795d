using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ProspectOps.LocalRuntime.Worker.Extensibility;
using ProspectOps.LocalRuntime.Worker.Invocation;

namespace ProspectOps.LocalRuntime.Worker.Http;

/// <summary>Runs one function for each request that its route and verbs select.</summary>
internal sealed class HttpFunctionEndpoint(
    FunctionDescriptor function, FunctionInvoker invoker, InvocationServices services, CancellationToken hostStopping)
{
    public async Task HandleAsync(HttpContext httpContext)
    {
        await using var context = new HttpFunctionContext(function, httpContext, services, hostStopping);
        httpContext.Features.Set<IServiceProvidersFeature>(context);
        try
        {
            await invoker.RunAsync(context);
        }
        catch (Exception)
        {
            // The invoker has logged it. The client learns nothing but that it failed.
            if (httpContext.Response.HasStarted)
            {
                httpContext.Abort();
                return;
            }
            httpContext.Response.Clear();
            httpContext.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }
}
