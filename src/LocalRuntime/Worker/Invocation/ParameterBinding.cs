using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Worker.Invocation;

/// <summary>How one parameter gets its value. The order is upstream's: the trigger's own resolver, the trigger's value,
/// the invocation's objects, extensions, data by name, the declared default, null.</summary>
internal static class ParameterBinding
{
    public static Func<LocalFunctionContext, ValueTask<object?>> Create(
        FunctionDescriptor function, ParameterInfo parameter, IReadOnlyList<IParameterBinder> binders, ParameterConversion conversion)
    {
        var plain = CreatePlain(function, parameter, binders, conversion);
        return context =>
            context.Input?.ResolveParameter is { } resolve && resolve(parameter) is (true, var value) ? ValueTask.FromResult(value) : plain(context);
    }

    private static Func<LocalFunctionContext, ValueTask<object?>> CreatePlain(
        FunctionDescriptor function, ParameterInfo parameter, IReadOnlyList<IParameterBinder> binders, ParameterConversion conversion)
    {
        if (parameter.ParameterType == typeof(FunctionContext))
            return context => ValueTask.FromResult<object?>(context);
        if (parameter.ParameterType == typeof(CancellationToken))
            return context => ValueTask.FromResult<object?>(context.CancellationToken);
        foreach (var binder in binders)
        {
            if (binder.TryCreate(parameter) is { } bind)
                return bind;
        }

        var convert = conversion.To(function.Name, parameter);
        if (parameter == function.TriggerParameter)
            return context => ValueTask.FromResult(convert(context.TriggerValue));

        var name = parameter.Name!;
        var absent = Absent(function.Name, parameter);
        return context => ValueTask.FromResult(
            context.TryGetBindingData(name, out var data) && data is not null ? convert(data) : absent());
    }

    private static Func<object?> Absent(string function, ParameterInfo parameter)
    {
        var acceptsNull = !parameter.ParameterType.IsValueType || Nullable.GetUnderlyingType(parameter.ParameterType) is not null;
        if (parameter.HasDefaultValue || acceptsNull)
        {
            // Reflection gives null for the default of a struct.
            var value = (parameter.HasDefaultValue ? parameter.DefaultValue : null)
                ?? (acceptsNull ? null : RuntimeHelpers.GetUninitializedObject(parameter.ParameterType));
            return () => value;
        }
        return () => throw new FunctionInputConverterException(
            $"Function '{function}': nothing fills parameter '{parameter.Name}'. Give it a default value or make it nullable.");
    }
}
