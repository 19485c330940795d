using ProspectOps.LocalRuntime.Worker.Invocation;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Access to an invocation's outputs.</summary>
public static class FunctionContextOutputExtensions
{
    /// <summary>Those properties of what the function returned that carry an output binding and hold a <typeparamref name="T"/>. Empty until it has returned.</summary>
    public static IEnumerable<OutputBindingData<T>> GetOutputBindings<T>(this FunctionContext context)
    {
        var local = context.Local();
        return
        [
            .. local.OutputData
                .Where(output => output.Value is T)
                .Select(output => new OutputBindingData<T>(local.OutputData, output.Key, local.FunctionDefinition.OutputBindings[output.Key].Type)),
        ];
    }
}
