using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Worker.Http;

internal sealed class HttpRequestBinder : IParameterBinder
{
    public Func<FunctionContext, ValueTask<object?>>? TryCreate(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(HttpRequest)
            ? context => ValueTask.FromResult<object?>(context.GetHttpContext()?.Request)
            : null;
}
