using Microsoft.Azure.Functions.Worker;
using ProspectOps.LocalRuntime.Worker.Invocation;

namespace ProspectOps.LocalRuntime.Worker.Extensibility;

/// <summary>An invocation under way. Disposing it disposes the invocation's scope, also where <see cref="Result"/> never completes.</summary>
internal sealed class FunctionRun(LocalFunctionContext context, Task<object?> result) : IAsyncDisposable
{
    public FunctionContext Context => context;

    /// <summary>The function's result, or its exception.</summary>
    public Task<object?> Result => result;

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
