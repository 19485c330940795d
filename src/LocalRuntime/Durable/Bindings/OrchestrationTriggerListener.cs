using Microsoft.Azure.Functions.Worker;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Durable.Bindings;

/// <summary>Takes orchestrators, and runs the engine.</summary>
internal sealed class OrchestrationTriggerListener(DurableFunctions functions, DurableHost host) : ITriggerListener
{
    public Type TriggerAttributeType => typeof(OrchestrationTriggerAttribute);

    public void Register(FunctionDescriptor function)
    {
        functions.AddOrchestrator(function);
        host.IsNeeded = true;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        host.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => host.StopAsync(cancellationToken);
}
