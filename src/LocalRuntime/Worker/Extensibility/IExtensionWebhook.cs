using Microsoft.AspNetCore.Routing;

namespace ProspectOps.LocalRuntime.Worker.Extensibility;

/// <summary>Routes under <c>/runtime/webhooks/{Name}</c>, for holders of the system key <c>{Name}_extension</c>. Registered as a singleton.</summary>
internal interface IExtensionWebhook
{
    /// <summary>For example <c>durabletask</c>.</summary>
    string Name { get; }

    /// <param name="webhook">Patterns are relative to <c>/runtime/webhooks/{Name}</c>. What is mapped is called only with the key; else the
    /// answer is an empty 401. A verb that is not mapped is 404.</param>
    void Map(IEndpointRouteBuilder webhook);
}
