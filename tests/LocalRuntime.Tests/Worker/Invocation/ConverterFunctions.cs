using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Converters;
using ProspectOps.LocalRuntime.Tests.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Tests.Worker.Invocation;

public sealed class ConverterFunctions
{
    public sealed class Marked(string text)
    {
        public string Text => text;
    }

    [InputConverter(typeof(OfTypeConverter))]
    public sealed class OfType(string text)
    {
        public string Text => text;
    }

    public sealed class OfParameterConverter : IInputConverter
    {
        public ValueTask<ConversionResult> ConvertAsync(ConverterContext context) =>
            ValueTask.FromResult(context.Source is string text && text.Length > 0
                ? ConversionResult.Success(context.TargetType == typeof(string) ? $"parameter {text}" : new OfType($"parameter {text}"))
                : ConversionResult.Unhandled());
    }

    public sealed class OfTypeConverter : IInputConverter
    {
        public async ValueTask<ConversionResult> ConvertAsync(ConverterContext context)
        {
            await Task.Yield();
            return ConversionResult.Success(new OfType($"type {context.Source}"));
        }
    }

    public sealed class GlobalConverter : IInputConverter
    {
        public ValueTask<ConversionResult> ConvertAsync(ConverterContext context) =>
            ValueTask.FromResult(context.TargetType == typeof(Marked) ? ConversionResult.Success(new Marked($"global {context.Source}")) : ConversionResult.Unhandled());
    }

    public sealed class FailingConverter : IInputConverter
    {
        public ValueTask<ConversionResult> ConvertAsync(ConverterContext context) =>
            ValueTask.FromResult(ConversionResult.Failed(new FormatException("not so")));
    }

    [Function("ByParameter")]
    public string ByParameter([EchoTrigger, InputConverter(typeof(OfParameterConverter))] OfType value) => value.Text;

    [Function("ByType")]
    public string ByType([EchoTrigger] OfType value) => value.Text;

    [Function("ByGlobal")]
    public string ByGlobal([EchoTrigger] Marked value) => value.Text;

    [Function("Fails")]
    public string Fails([EchoTrigger, InputConverter(typeof(FailingConverter))] string value) => value;

    [Function("Values")]
    public string Values([EchoTrigger] string text, Guid id, DateTimeOffset at, int number, long? none, byte[] bytes, BinaryData data, string[] many, int given = 4) =>
        $"{text} {id} {at:O} {number} {none is null} {bytes.Length} {data} {many.Length} {given}";
}
