using ProspectOps.LocalRuntime.Worker.Invocation;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Access to an invocation's result.</summary>
public static class FunctionContextBindingFeatureExtensions
{
    /// <exception cref="InvalidOperationException">The result is not a <typeparamref name="T"/>.</exception>
    public static InvocationResult<T> GetInvocationResult<T>(this FunctionContext context)
    {
        var local = context.Local();
        return local.Result is T
            ? new LocalInvocationResult<T>(local)
            : throw new InvalidOperationException($"The result is {local.Result?.GetType().ToString() ?? "null"}, not {typeof(T)}.");
    }

    /// <summary>The result as it stands; null until the function has returned. Set its value to answer in the function's place.</summary>
    public static InvocationResult GetInvocationResult(this FunctionContext context) => new LocalInvocationResult(context.Local());
}
