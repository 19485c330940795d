using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.LocalRuntime.Worker.Extensibility;

/// <summary>What an event brings to the function that it triggers.</summary>
internal sealed class TriggerInput
{
    /// <summary>For the trigger's parameter: a value of its type, or a string or <see cref="BinaryData"/> to convert to it.</summary>
    public object? Value { get; init; }

    /// <summary>For other parameters, by name, and for <see cref="BindingContext.BindingData"/>. Keys must ignore case.</summary>
    public IReadOnlyDictionary<string, object?>? BindingData { get; init; }

    /// <summary>Asked first for every parameter, the trigger's included. A handled value must have the parameter's type, or be null.</summary>
    public Func<ParameterInfo, (bool Handled, object? Value)>? ResolveParameter { get; init; }

    /// <summary>Called with the new context before the pipeline starts, to set its items and features.</summary>
    public Action<FunctionContext>? Prepare { get; init; }

    /// <summary>0 at the first try.</summary>
    public int RetryCount { get; init; }

    public int MaxRetryCount { get; init; }

    /// <summary>Off where the caller reports failures itself.</summary>
    public bool LogsFailure { get; init; } = true;
}
