using ProspectOps.LocalRuntime.Worker.Extensibility;
using ProspectOps.LocalRuntime.Worker.Invocation;

namespace ProspectOps.LocalRuntime.Worker.Outputs;

/// <summary>The outputs of one function, ready to be read from what it returns and to be stored.</summary>
internal sealed class FunctionOutputs
{
    private readonly OutputDeclaration _declaration;
    private readonly Func<object, CancellationToken, Task>? _storeReturn;
    private readonly (string Name, Func<object, CancellationToken, Task> StoreAsync)[] _store;

    private FunctionOutputs(
        OutputDeclaration declaration, Func<object, CancellationToken, Task>? storeReturn, (string, Func<object, CancellationToken, Task>)[] store) =>
        (_declaration, _storeReturn, _store) = (declaration, storeReturn, store);

    /// <returns>Null for a function without outputs.</returns>
    /// <exception cref="InvalidOperationException">An output is declared wrongly, or nothing stores it.</exception>
    public static FunctionOutputs? Compile(FunctionDescriptor function, IReadOnlyList<IOutputBinding> bindings)
    {
        var declaration = function.Outputs;
        if (declaration.IsEmpty)
            return null;
        if (declaration.Problem(function.TriggerAttribute, function.ResultType) is { } problem)
            throw new InvalidOperationException($"Function '{function.Name}' {problem}");
        return new FunctionOutputs(
            declaration,
            declaration.OnReturn is { } attribute ? Create(attribute) : null,
            [.. declaration.Properties.Select(output => (output.Property.Name, Create(output.Attribute)))]);

        Func<object, CancellationToken, Task> Create(Microsoft.Azure.Functions.Worker.Extensions.Abstractions.OutputBindingAttribute output)
        {
            var binding = bindings.FirstOrDefault(b => b.AttributeType == output.GetType())
                ?? throw new InvalidOperationException($"Function '{function.Name}': nothing in this build stores {output.GetType().Name}.");
            try
            {
                return binding.Create(output);
            }
            catch (InvalidOperationException e)
            {
                throw new InvalidOperationException($"Function '{function.Name}': {e.Message}", e);
            }
        }
    }

    /// <summary>Takes the outputs out of what the function returned, for middleware to see and change.</summary>
    public void Read(LocalFunctionContext context)
    {
        if (context.Result is not { } result)
            return;
        foreach (var (property, _) in _declaration.Properties)
            context.OutputData[property.Name] = property.GetValue(result);
        if (_declaration.HttpResult is { } http)
            context.OutputData[http.Name] = http.GetValue(result);
    }

    /// <summary>The answer to the request, as it now stands.</summary>
    public object? HttpResult(LocalFunctionContext context) =>
        _declaration.HttpResult is { } http && context.OutputData.TryGetValue(http.Name, out var result) ? result : null;

    /// <summary>Stores all of them, one after the other. The first failure is the invocation's.</summary>
    public async Task StoreAsync(LocalFunctionContext context)
    {
        if (_storeReturn is not null)
        {
            if (context.Result is { } result)
                await _storeReturn(result, CancellationToken.None);
            return;
        }
        foreach (var (name, storeAsync) in _store)
        {
            if (context.OutputData.TryGetValue(name, out var value) && value is not null)
                await storeAsync(value, CancellationToken.None);
        }
    }
}
