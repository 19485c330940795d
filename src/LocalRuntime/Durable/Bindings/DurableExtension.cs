using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProspectOps.LocalRuntime.Durable.Bindings;
using ProspectOps.LocalRuntime.Durable.Management;
using ProspectOps.LocalRuntime.Worker.Extensibility;

[assembly: WorkerExtension(typeof(DurableExtension))]

namespace ProspectOps.LocalRuntime.Durable.Bindings;

/// <summary>Adds orchestrations to the worker.</summary>
internal sealed class DurableExtension : IWorkerExtension
{
    public void Configure(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<DurableFunctions>();
        services.AddSingleton<DurableHost>();
        services.AddSingleton<ITriggerListener, OrchestrationTriggerListener>();
        services.AddSingleton<ITriggerListener, ActivityTriggerListener>();
        services.AddSingleton<IParameterBinder, DurableClientBinder>();
        services.AddSingleton<IExtensionWebhook, ManagementWebhook>();
        services.AddSingleton<ManagementAddress>();
    }
}
