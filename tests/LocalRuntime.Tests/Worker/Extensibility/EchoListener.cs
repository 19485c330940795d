using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Tests.Worker.Extensibility;

internal sealed class EchoListener(HostJson hostJson) : ITriggerListener
{
    public Dictionary<string, FunctionDescriptor> Functions { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string? Section => hostJson.Extension("durableTask")["hubName"];

    public Type TriggerAttributeType => typeof(EchoTriggerAttribute);

    public void Register(FunctionDescriptor function) => Functions.Add(function.Name, function);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
