using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.LocalRuntime.Worker.Extensibility;

/// <summary>Fills parameters that no trigger fills, such as a client object. Registered as a singleton.</summary>
internal interface IParameterBinder
{
    /// <summary>Called once per parameter at start.</summary>
    /// <returns>What makes the value at each invocation; <see langword="null"/> if the parameter is not this binder's.</returns>
    /// <exception cref="InvalidOperationException">The parameter is this binder's but declared wrongly.</exception>
    Func<FunctionContext, ValueTask<object?>>? TryCreate(ParameterInfo parameter);
}
