using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Tests.Worker.Extensibility;

internal sealed class EchoWebhook : IExtensionWebhook
{
    public string Name => "echo";

    public void Map(IEndpointRouteBuilder webhook) => webhook.MapGet("/instances/{id}", (string id) => $"webhook {id}");
}
