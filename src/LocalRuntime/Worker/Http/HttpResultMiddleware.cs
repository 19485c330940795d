using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using ProspectOps.LocalRuntime.Worker.Invocation;

namespace ProspectOps.LocalRuntime.Worker.Http;

/// <summary>Shows the request to what stands further in, and writes the result that comes back.</summary>
internal sealed class HttpResultMiddleware(FunctionExecutionDelegate next)
{
    public Task InvokeAsync(FunctionContext context) =>
        context.Local() is HttpFunctionContext http ? AnswerAsync(context, http) : next(context);

    private async Task AnswerAsync(FunctionContext context, HttpFunctionContext http)
    {
        http.IsHttpContextVisible = true;
        await next(context);
        switch (http.Function.Body!.Outputs?.HttpResult(http) ?? http.Result)
        {
            case IActionResult result:
                await result.ExecuteResultAsync(new ActionContext(http.HttpContext, http.HttpContext.GetRouteData(), new ActionDescriptor()));
                break;
            case IResult result:
                await result.ExecuteAsync(http.HttpContext);
                break;
            default:
                // A function that returned null has written the response itself, or leaves an empty 200, as upstream.
                break;
        }
    }
}
