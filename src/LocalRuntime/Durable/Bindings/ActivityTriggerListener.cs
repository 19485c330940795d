using Microsoft.Azure.Functions.Worker;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Durable.Bindings;

/// <summary>Takes activities. The engine that runs them starts and stops with the orchestrators.</summary>
internal sealed class ActivityTriggerListener(DurableFunctions functions, DurableHost host) : ITriggerListener
{
    public Type TriggerAttributeType => typeof(ActivityTriggerAttribute);

    public void Register(FunctionDescriptor function)
    {
        functions.AddActivity(function);
        host.IsNeeded = true;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
