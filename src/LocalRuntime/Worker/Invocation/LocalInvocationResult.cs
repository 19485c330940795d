using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.LocalRuntime.Worker.Invocation;

internal sealed class LocalInvocationResult(LocalFunctionContext context) : InvocationResult
{
    public override object? Value
    {
        get => context.Result;
        set => context.Result = value;
    }
}
