using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Converters;

namespace ProspectOps.LocalRuntime.Worker.Http;

/// <summary>The request of an HTTP invocation, as ASP.NET Core's type.</summary>
internal sealed class HttpContextConverter : IInputConverter
{
    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context) => ValueTask.FromResult(
        context.TargetType == typeof(HttpRequest) && context.FunctionContext.GetHttpContext() is { } http
            ? ConversionResult.Success(http.Request)
            : ConversionResult.Unhandled());
}
