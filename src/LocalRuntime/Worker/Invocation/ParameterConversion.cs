using System.Globalization;
using System.Reflection;
using System.Text;
using Azure.Core.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace ProspectOps.LocalRuntime.Worker.Invocation;

/// <summary>Makes a parameter's value from what a trigger brought.</summary>
internal sealed class ParameterConversion(IOptions<WorkerOptions> options)
{
    // A byte sequence that is no text must fail, not turn into replacement characters.
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ObjectSerializer _serializer =
        options.Value.Serializer ?? throw new InvalidOperationException("WorkerOptions.Serializer is not set.");

    /// <returns>A conversion that throws <see cref="FunctionInputConverterException"/>, the cause inside, for what does not fit.</returns>
    public Func<object?, object?> To(string function, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        var target = Nullable.GetUnderlyingType(type) ?? type;
        var acceptsNull = !type.IsValueType || target != type;
        return source =>
        {
            if (source is null)
                return acceptsNull ? null : throw Failure(function, parameter, "nothing", null);
            if (target.IsInstanceOfType(source) && target != typeof(object))
                return source;
            try
            {
                var value = Convert(source, target);
                return value is null && !acceptsNull ? throw Failure(function, parameter, "null", null) : value;
            }
            catch (Exception e) when (e is not FunctionInputConverterException)
            {
                // Whatever a serializer throws means the same: this input does not fit this parameter.
                throw Failure(function, parameter, source.GetType().ToString(), e);
            }
        };
    }

    private object? Convert(object source, Type target)
    {
        if (source is string text)
            return FromText(text, target);
        if (source is not BinaryData data)
            return FromObject(source, target);
        if (target == typeof(byte[]))
            return data.ToArray();
        if (target == typeof(ReadOnlyMemory<byte>))
            return data.ToMemory();
        var decoded = StrictUtf8.GetString(data);
        return target == typeof(string) || target == typeof(object) ? decoded : FromText(decoded, target);
    }

    /// <summary>What triggers bring by name besides text: a dequeue count, a time.</summary>
    private static object FromObject(object source, Type target) => source switch
    {
        IFormattable formattable when target == typeof(string) =>
            formattable.ToString(source is DateTimeOffset or DateTime ? "O" : null, CultureInfo.InvariantCulture),
        IConvertible convertible => convertible.ToType(target, CultureInfo.InvariantCulture),
        _ => throw new InvalidCastException($"{source.GetType()} is no {target}."),
    };

    private object? FromText(string text, Type target)
    {
        if (target == typeof(object))
            return text;
        if (target == typeof(Guid) && Guid.TryParse(text, out var guid))
            return guid;
        if (target == typeof(DateTimeOffset) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var instant))
            return instant;
        if (target == typeof(DateTime) && DateTime.TryParse(text, CultureInfo.InvariantCulture, out var time))
            return time;
        if (target == typeof(byte[]))
            return StrictUtf8.GetBytes(text);
        if (target == typeof(BinaryData))
            return BinaryData.FromString(text);
        if (target == typeof(ReadOnlyMemory<byte>))
            return new ReadOnlyMemory<byte>(StrictUtf8.GetBytes(text));
        if (target == typeof(int) && IsCanonicalNumber(text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        using var stream = new MemoryStream(StrictUtf8.GetBytes(text), writable: false);
        return _serializer.Deserialize(stream, target, CancellationToken.None);
    }

    /// <summary>JSON knows no leading zeros: such text is left to the serializer to refuse.</summary>
    private static bool IsCanonicalNumber(string text) => text is "0" || (text.Length > 0 && text[0] is >= '1' and <= '9');

    private static FunctionInputConverterException Failure(string function, ParameterInfo parameter, string source, Exception? cause) =>
        new($"Function '{function}': parameter '{parameter.Name}' of type {parameter.ParameterType} cannot be made from {source}.", cause);
}
