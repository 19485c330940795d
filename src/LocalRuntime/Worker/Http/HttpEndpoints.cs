using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace ProspectOps.LocalRuntime.Worker.Http;

/// <summary>The functions' endpoints, made when routing first asks, which is after they are all registered.</summary>
internal sealed class HttpEndpoints(HttpTriggerListener listener) : EndpointDataSource
{
    public override IReadOnlyList<Endpoint> Endpoints => field ??= [.. listener.BuildEndpoints(), NotFound()];

    public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;

    /// <summary>Takes what no function takes. Without it, routing would answer a wrong verb with 405 where the Functions host answers 404.</summary>
    private static Endpoint NotFound()
    {
        var builder = new RouteEndpointBuilder(
            context =>
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            },
            RoutePatternFactory.Parse("{**path}"),
            order: int.MaxValue)
        { DisplayName = "No function" };
        return builder.Build();
    }
}
