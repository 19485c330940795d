using Microsoft.Azure.Functions.Worker;
using ProspectOps.LocalRuntime.Worker.Outputs;

namespace ProspectOps.LocalRuntime.Worker.Invocation;

/// <summary>The innermost step of the pipeline: makes the instance, binds the parameters, calls the method, all compiled at start.</summary>
/// <param name="activate">Makes the function's class; null for a static method.</param>
/// <param name="binders">One per parameter, in order.</param>
/// <param name="call">Calls the method and gives back what it returned, a task not awaited.</param>
/// <param name="unwrap">Takes the value out of the completed task; null where the method returns no task.</param>
/// <param name="outputs">Null for most functions.</param>
internal sealed class FunctionBody(
    Func<FunctionContext, object>? activate,
    Func<LocalFunctionContext, ValueTask<object?>>[] binders,
    Func<object?, object?[], object?> call,
    Func<Task, object?>? unwrap,
    FunctionOutputs? outputs)
{
    public FunctionOutputs? Outputs => outputs;

    public async Task RunAsync(FunctionContext context)
    {
        var local = context.Local();
        // The instance first, as upstream: a constructor that throws shows before a parameter that does not bind.
        var instance = activate?.Invoke(context);
        var arguments = binders.Length == 0 ? [] : new object?[binders.Length];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = await binders[i](local);

        var returned = call(instance, arguments);
        if (unwrap is null)
        {
            local.Result = returned;
        }
        else
        {
            var task = (Task)returned!;
            await task;
            local.Result = unwrap(task);
        }
        outputs?.Read(local);
    }
}
