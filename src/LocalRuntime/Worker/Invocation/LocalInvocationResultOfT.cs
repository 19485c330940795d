using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.LocalRuntime.Worker.Invocation;

internal sealed class LocalInvocationResult<T>(LocalFunctionContext context) : InvocationResult<T>
{
    public override T? Value
    {
        get => context.Result is T value ? value : default;
        set => context.Result = value;
    }
}
