using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Http;

namespace ProspectOps.LocalRuntime.Worker.Http;

/// <summary>The request of an HTTP invocation, as the worker's own type.</summary>
internal sealed class HttpRequestDataConverter : IInputConverter
{
    public async ValueTask<ConversionResult> ConvertAsync(ConverterContext context) =>
        context.TargetType == typeof(HttpRequestData) && await context.FunctionContext.GetHttpRequestDataAsync() is { } request
            ? ConversionResult.Success(request)
            : ConversionResult.Unhandled();
}
