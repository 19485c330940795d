using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Converters;
using ProspectOps.LocalRuntime.Worker.Converters;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Worker.Invocation;

/// <summary>How one parameter gets its value. The order is upstream's: the trigger's own resolver, extensions, the converters over
/// the trigger's value or the data of that name; then the declared default, null, or a failure.</summary>
internal sealed class ParameterBinding
{
    // A byte sequence that is no text must fail, not turn into replacement characters.
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _function;
    private readonly ParameterInfo _parameter;
    private readonly Type _type;
    private readonly bool _isTrigger;
    private readonly bool _acceptsNull;
    private readonly object? _default;
    private readonly IInputConverter[] _converters;

    private ParameterBinding(FunctionDescriptor function, ParameterInfo parameter, IInputConverter[] converters)
    {
        (_function, _parameter, _type, _converters) = (function.Name, parameter, parameter.ParameterType, converters);
        _isTrigger = parameter == function.TriggerParameter;
        _acceptsNull = !_type.IsValueType || Nullable.GetUnderlyingType(_type) is not null;
        // Reflection gives null for the default of a struct.
        _default = (parameter.HasDefaultValue ? parameter.DefaultValue : null) ?? (_acceptsNull ? null : RuntimeHelpers.GetUninitializedObject(_type));
    }

    public static Func<LocalFunctionContext, ValueTask<object?>> Create(
        FunctionDescriptor function, ParameterInfo parameter, IReadOnlyList<IParameterBinder> binders, InputConverters converters)
    {
        Func<LocalFunctionContext, ValueTask<object?>> plain =
            binders.Select(binder => binder.TryCreate(parameter)).FirstOrDefault(bind => bind is not null)
            ?? (Func<LocalFunctionContext, ValueTask<object?>>)new ParameterBinding(function, parameter, converters.For(parameter)).BindAsync;
        return context =>
            context.Input?.ResolveParameter is { } resolve && resolve(parameter) is (true, var value) ? ValueTask.FromResult(value) : plain(context);
    }

    private ValueTask<object?> BindAsync(LocalFunctionContext context)
    {
        var conversion = new LocalConverterContext(_type, SourceIn(context), context);
        for (var i = 0; i < _converters.Length; i++)
        {
            var pending = _converters[i].ConvertAsync(conversion);
            if (!pending.IsCompletedSuccessfully)
                return ContinueAsync(pending, i, conversion);
            var result = pending.Result;
            if (result.Status != ConversionStatus.Unhandled)
                return ValueTask.FromResult(ValueOf(result, conversion));
        }
        return ValueTask.FromResult(Absent());
    }

    private async ValueTask<object?> ContinueAsync(ValueTask<ConversionResult> pending, int index, LocalConverterContext conversion)
    {
        var result = await pending;
        while (result.Status == ConversionStatus.Unhandled && ++index < _converters.Length)
            result = await _converters[index].ConvertAsync(conversion);
        return result.Status == ConversionStatus.Unhandled ? Absent() : ValueOf(result, conversion);
    }

    /// <summary>What the Functions host would send: text, unless the parameter takes bytes.</summary>
    private object? SourceIn(LocalFunctionContext context)
    {
        if (!_isTrigger)
            return context.TryGetBindingData(_parameter.Name!, out var data) ? data : null;
        if (context.TriggerValue is not BinaryData bytes || _type == typeof(BinaryData))
            return context.TriggerValue;
        if (_type == typeof(byte[]) || _type == typeof(ReadOnlyMemory<byte>))
            return bytes.ToMemory();
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw Failure("bytes that are no UTF-8 text", e);
        }
    }

    private object? ValueOf(ConversionResult result, LocalConverterContext conversion)
    {
        if (result.Status == ConversionStatus.Failed)
            return conversion.Source is null ? Absent() : throw Failure(conversion.Source.GetType().ToString(), result.Error);
        var fits = result.Value is null ? _acceptsNull : _type.IsInstanceOfType(result.Value);
        return fits ? result.Value : throw Failure(result.Value?.GetType().ToString() ?? "null", null);
    }

    private object? Absent() => _parameter.HasDefaultValue || _acceptsNull
        ? _default
        : throw new FunctionInputConverterException(
            $"Function '{_function}': nothing fills parameter '{_parameter.Name}'. Give it a default value or make it nullable.");

    private FunctionInputConverterException Failure(string source, Exception? cause) =>
        new($"Function '{_function}': parameter '{_parameter.Name}' of type {_type} cannot be made from {source}.", cause);
}
