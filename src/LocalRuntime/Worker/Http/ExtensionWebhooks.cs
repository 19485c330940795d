using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Worker.Http;

/// <summary>Puts each extension's webhook in its place and its key before it.</summary>
internal static class ExtensionWebhooks
{
    public static void Map(IEndpointRouteBuilder routes, IEnumerable<IExtensionWebhook> webhooks, IFunctionKeys keys)
    {
        foreach (var webhook in webhooks)
        {
            var keyName = $"{webhook.Name}_extension";
            var group = routes.MapGroup($"/runtime/webhooks/{webhook.Name}");
            // Last, so that no filter or binding of the route's own runs for who has no key.
            ((IEndpointConventionBuilder)group).Finally(endpoint => endpoint.RequestDelegate = Guarded(endpoint.RequestDelegate!, keyName, keys));
            webhook.Map(group);
        }
    }

    private static RequestDelegate Guarded(RequestDelegate inner, string keyName, IFunctionKeys keys) => context =>
    {
        if (keys.HasSystemKey(context.Request, keyName))
            return inner(context);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    };
}
