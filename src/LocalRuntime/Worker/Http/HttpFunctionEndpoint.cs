using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.LocalRuntime.Worker.Extensibility;
using ProspectOps.LocalRuntime.Worker.Invocation;
using ProspectOps.LocalRuntime.Worker.Keys;

namespace ProspectOps.LocalRuntime.Worker.Http;

/// <summary>Runs one function for each request that its route and verbs select.</summary>
internal sealed class HttpFunctionEndpoint(
    FunctionDescriptor function, FunctionKeys keys, FunctionInvoker invoker, InvocationServices services, CancellationToken hostStopping)
{
    private readonly AuthorizationLevel _level = ((HttpTriggerAttribute)function.TriggerAttribute).EffectiveLevel;

    public async Task HandleAsync(HttpContext httpContext)
    {
        if (!keys.Allows(httpContext.Request, function.Name, _level))
        {
            httpContext.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
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
