using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using ProspectOps.LocalRuntime.Durable.Engine;
using ProspectOps.LocalRuntime.Durable.Replay;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Durable.Bindings;

/// <summary>The app's orchestrators and activities, run through the whole invocation pipeline.</summary>
internal sealed class DurableFunctions(IFunctionInvoker invoker) : ITaskCode
{
    private readonly Dictionary<string, (FunctionDescriptor Function, ParameterInfo? Input)> _orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, FunctionDescriptor> _activities = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Set before anything runs.</summary>
    public DataConverter Converter { get; set; } = null!;

    /// <exception cref="InvalidOperationException">The function is declared wrongly.</exception>
    public void AddOrchestrator(FunctionDescriptor function)
    {
        if (function.TriggerParameter.ParameterType != typeof(TaskOrchestrationContext))
            throw new InvalidOperationException($"Function '{function.Name}': [OrchestrationTrigger] goes on a {nameof(TaskOrchestrationContext)}.");
        var parameters = function.Method.GetParameters();
        if (parameters.FirstOrDefault(parameter => parameter.GetCustomAttribute<DurableClientAttribute>() is not null) is { } client)
            throw new InvalidOperationException($"Function '{function.Name}': an orchestrator takes no other binding; remove [DurableClient] from '{client.Name}'.");

        // The first parameter that nothing else fills, as upstream.
        var input = parameters.FirstOrDefault(parameter => parameter != function.TriggerParameter
            && parameter.ParameterType != typeof(FunctionContext) && parameter.ParameterType != typeof(CancellationToken));
        var name = ((OrchestrationTriggerAttribute)function.TriggerAttribute).Orchestration ?? function.Name;
        if (!_orchestrators.TryAdd(name, (function, input)))
            throw new InvalidOperationException($"Function '{function.Name}': another orchestrator is named '{name}'.");
    }

    /// <exception cref="InvalidOperationException">The function is declared wrongly.</exception>
    public void AddActivity(FunctionDescriptor function)
    {
        var name = ((ActivityTriggerAttribute)function.TriggerAttribute).Activity ?? function.Name;
        if (!_activities.TryAdd(name, function))
            throw new InvalidOperationException($"Function '{function.Name}': another activity is named '{name}'.");
    }

    public bool HasOrchestrator(string name) => _orchestrators.ContainsKey(name);

    public OrchestratorRun StartOrchestrator(ReplayContext context)
    {
        if (!_orchestrators.TryGetValue(context.Name, out var orchestrator))
            throw new InvalidOperationException($"The function '{context.Name}' doesn't exist, is disabled, or is not an orchestrator function.");
        var (function, inputParameter) = orchestrator;
        var run = invoker.Start(
            function,
            new TriggerInput
            {
                Value = context,
                // A failure is logged once, by the engine; every replay repeats it.
                LogsFailure = false,
                ResolveParameter = parameter =>
                {
                    if (parameter == function.TriggerParameter)
                        return (true, context);
                    if (parameter != inputParameter)
                        return (false, null);
                    // Bound only where the types are the same, as upstream; ctx.GetInput converts to any.
                    var input = Converter.Deserialize(context.SerializedInput, parameter.ParameterType);
                    return input?.GetType() == parameter.ParameterType ? (true, input) : (false, null);
                },
            },
            CancellationToken.None);
        return new OrchestratorRun(run.Result, run);
    }

    public async Task<string?> RunActivityAsync(string name, string instanceId, string? input, CancellationToken cancellationToken)
    {
        if (!_activities.TryGetValue(name, out var function))
            throw new InvalidOperationException($"The function '{name}' doesn't exist, is disabled, or is not an activity function.");
        var result = await invoker.InvokeAsync(
            function,
            new TriggerInput
            {
                Value = input,
                BindingData = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase) { ["instanceId"] = instanceId },
                ResolveParameter = parameter => parameter == function.TriggerParameter && parameter.ParameterType != typeof(FunctionContext)
                    ? (true, Converter.Deserialize(input, parameter.ParameterType))
                    : (false, null),
            },
            cancellationToken);
        return Converter.Serialize(result);
    }
}
