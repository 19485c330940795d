using Microsoft.AspNetCore.Http;
using ProspectOps.LocalRuntime.Worker.Http;
using ProspectOps.LocalRuntime.Worker.Invocation;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The request behind an invocation.</summary>
public static class FunctionContextExtensions
{
    /// <returns>Null for other triggers, and for middleware added before <c>ConfigureFunctionsWebApplication</c>.</returns>
    public static HttpContext? GetHttpContext(this FunctionContext context) =>
        context.Local() is HttpFunctionContext { IsHttpContextVisible: true } local ? local.HttpContext : null;
}
