using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ProspectOps.LocalRuntime.Worker.Extensibility;

/// <summary>Adds triggers and bindings: registers <see cref="ITriggerListener"/>, <see cref="IParameterBinder"/> and <see cref="IHttpRoutes"/>.</summary>
internal interface IWorkerExtension
{
    /// <summary>Called once, while the builder is made, before the app registers anything.</summary>
    void Configure(IServiceCollection services, IConfiguration configuration);
}
