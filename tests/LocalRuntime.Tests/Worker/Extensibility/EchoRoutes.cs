using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Tests.Worker.Extensibility;

internal sealed class EchoRoutes : IHttpRoutes
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/runtime/echo", () => "echo");
}
