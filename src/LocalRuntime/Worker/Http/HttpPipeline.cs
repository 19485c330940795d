using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Worker.Http;

/// <summary>What a request passes through before it comes to a function.</summary>
internal static class HttpPipeline
{
    public static void Map(WebApplication app)
    {
        // Looked at only where a proxy has written one: most requests have none, and looking costs.
        app.UseWhen(HasForwardedHeader, branch => branch.UseForwardedHeaders());
        app.UseRouting();
        var listener = app.Services.GetRequiredService<HttpTriggerListener>();
        ((IEndpointRouteBuilder)app).DataSources.Add(new HttpEndpoints(listener));
        foreach (var routes in app.Services.GetServices<IHttpRoutes>())
            routes.Map(app);
        ExtensionWebhooks.Map(app, app.Services.GetServices<IExtensionWebhook>(), app.Services.GetRequiredService<IFunctionKeys>());
    }

    private static bool HasForwardedHeader(HttpContext context)
    {
        var headers = context.Request.Headers;
        return headers.ContainsKey(ForwardedHeadersDefaults.XForwardedForHeaderName)
            || headers.ContainsKey(ForwardedHeadersDefaults.XForwardedProtoHeaderName)
            || headers.ContainsKey(ForwardedHeadersDefaults.XForwardedHostHeaderName);
    }
}
