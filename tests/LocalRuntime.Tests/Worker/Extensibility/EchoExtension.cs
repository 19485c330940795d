using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
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
    }
}

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EchoTriggerAttribute : TriggerBindingAttribute;

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EchoClientAttribute : InputBindingAttribute;

public sealed record EchoClient(string Function);

internal sealed class EchoListener(HostJson hostJson) : ITriggerListener
{
    public Dictionary<string, FunctionDescriptor> Functions { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string? Section => hostJson.Extension("durableTask")["hubName"];

    public Type TriggerAttributeType => typeof(EchoTriggerAttribute);

    public void Register(FunctionDescriptor function) => Functions.Add(function.Name, function);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

internal sealed class EchoBinder : IParameterBinder
{
    public Func<FunctionContext, ValueTask<object?>>? TryCreate(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(EchoClientAttribute))
            ? context => ValueTask.FromResult<object?>(new EchoClient(context.FunctionDefinition.Name))
            : null;
}

internal sealed class EchoRoutes : IHttpRoutes
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/runtime/echo", () => "echo");
}
