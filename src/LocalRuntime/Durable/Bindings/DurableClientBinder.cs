using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Durable.Bindings;

/// <summary>Fills parameters marked <c>[DurableClient]</c>.</summary>
internal sealed class DurableClientBinder(DurableHost host) : IParameterBinder
{
    public Func<FunctionContext, ValueTask<object?>>? TryCreate(ParameterInfo parameter)
    {
        if (parameter.GetCustomAttribute<DurableClientAttribute>() is null)
            return null;
        if (parameter.ParameterType != typeof(DurableTaskClient))
            throw new InvalidOperationException($"Parameter '{parameter.Name}' of {parameter.Member.Name}: [DurableClient] goes on a {nameof(DurableTaskClient)}.");
        host.IsNeeded = true;
        return _ => ValueTask.FromResult<object?>(host.NewClient());
    }
}
