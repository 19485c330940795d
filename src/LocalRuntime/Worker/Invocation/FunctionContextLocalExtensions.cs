using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.LocalRuntime.Worker.Invocation;

internal static class FunctionContextLocalExtensions
{
    /// <summary>The runtime's own context, also behind one that a middleware has wrapped around it.</summary>
    /// <exception cref="InvalidOperationException">The context was not made by this runtime.</exception>
    public static LocalFunctionContext Local(this FunctionContext context) =>
        context as LocalFunctionContext
        ?? context.Features.Get<LocalFunctionContext>()
        ?? throw new InvalidOperationException($"No invocation of this runtime stands behind {context.GetType()}.");
}
