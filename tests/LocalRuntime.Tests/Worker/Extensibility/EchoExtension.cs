using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProspectOps.LocalRuntime.Tests.Worker.Extensibility;
using ProspectOps.LocalRuntime.Worker.Extensibility;

[assembly: WorkerExtension(typeof(EchoExtension))]

namespace ProspectOps.LocalRuntime.Tests.Worker.Extensibility;

/// <summary>An extension such as the Durable engine is one: a trigger, a bound parameter and a route, unknown to any Program.cs.</summary>
internal sealed class EchoExtension : IWorkerExtension
{
    public void Configure(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<EchoListener>();
        services.AddSingleton<ITriggerListener>(provider => provider.GetRequiredService<EchoListener>());
        services.AddSingleton<IParameterBinder, EchoBinder>();
        services.AddSingleton<IHttpRoutes, EchoRoutes>();
        services.AddSingleton<IExtensionWebhook, EchoWebhook>();
    }
}
