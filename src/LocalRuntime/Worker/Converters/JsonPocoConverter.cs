using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Microsoft.Azure.Functions.Worker.Converters;

namespace ProspectOps.LocalRuntime.Worker.Converters;

/// <summary>Text or bytes that are JSON, by the worker's serializer. Text that is none is a failure.</summary>
internal sealed class JsonPocoConverter(IOptions<WorkerOptions> options) : IInputConverter
{
    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context)
    {
        var json = context.Source switch
        {
            _ when context.TargetType == typeof(string) => null,
            string text => new MemoryStream(Encoding.UTF8.GetBytes(text), writable: false),
            ReadOnlyMemory<byte> bytes => new MemoryStream(bytes.ToArray(), writable: false),
            _ => null,
        };
        if (json is null)
            return ValueTask.FromResult(ConversionResult.Unhandled());
        var serializer = options.Value.Serializer ?? throw new InvalidOperationException("WorkerOptions.Serializer is not set.");
        using (json)
        {
            try
            {
                return ValueTask.FromResult(ConversionResult.Success(serializer.Deserialize(json, context.TargetType, CancellationToken.None)));
            }
            catch (Exception e)
            {
                // Whatever a serializer throws means the same: this text does not fit this parameter.
                return ValueTask.FromResult(ConversionResult.Failed(e));
            }
        }
    }
}
