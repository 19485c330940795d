using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Tests.Worker.Extensibility;

internal sealed class EchoBinder : IParameterBinder
{
    public Func<FunctionContext, ValueTask<object?>>? TryCreate(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(EchoClientAttribute))
            ? context => ValueTask.FromResult<object?>(new EchoClient(context.FunctionDefinition.Name))
            : null;
}
