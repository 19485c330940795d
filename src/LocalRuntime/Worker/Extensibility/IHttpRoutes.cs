using Microsoft.AspNetCore.Routing;

namespace ProspectOps.LocalRuntime.Worker.Extensibility;

/// <summary>Routes that belong to the runtime and not to a function, under <c>/runtime/</c> or <c>/admin/</c>. Registered as a singleton.</summary>
internal interface IHttpRoutes
{
    void Map(IEndpointRouteBuilder routes);
}
