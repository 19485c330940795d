using System.Diagnostics;
using Microsoft.Extensions.Logging;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Worker.Invocation;

/// <inheritdoc cref="IFunctionInvoker"/>
internal sealed class FunctionInvoker(FunctionPipeline pipeline, InvocationServices services, ILogger<FunctionInvoker> log) : IFunctionInvoker, IDisposable
{
    private readonly ActivitySource _activities = new("Microsoft.Azure.Functions.Worker");

    public async Task<object?> InvokeAsync(FunctionDescriptor function, TriggerInput input, CancellationToken cancellationToken)
    {
        await using var context = new LocalFunctionContext(function, input, services, cancellationToken);
        return await RunAsync(context);
    }

    public FunctionRun Start(FunctionDescriptor function, TriggerInput input, CancellationToken cancellationToken)
    {
        var context = new LocalFunctionContext(function, input, services, cancellationToken);
        return new FunctionRun(context, RunAsync(context));
    }

    /// <summary>Runs the pipeline over a context that the caller disposes.</summary>
    public async Task<object?> RunAsync(LocalFunctionContext context)
    {
        using var activity = _activities.HasListeners() ? _activities.StartActivity($"function {context.Function.Name}") : null;
        try
        {
            context.Input?.Prepare?.Invoke(context);
            await pipeline.Run(context);
            if (context.IsOutOfTime)
                throw new TimeoutException($"The function ran for longer than functionTimeout ({context.Function.Timeout}).");
            if (context.Function.Body!.Outputs is { } outputs)
            {
                await context.AnswerAsync();
                await outputs.StoreAsync(context);
            }
            return context.Result;
        }
        catch (Exception e)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            Report(context, e);
            throw;
        }
    }

    public void Dispose() => _activities.Dispose();

    private void Report(LocalFunctionContext context, Exception exception)
    {
        if (context.Input is { LogsFailure: false })
            return;
        if (exception is OperationCanceledException && context.CancellationToken.IsCancellationRequested)
            log.InvocationWasCancelled(context.Function.Name, context.InvocationId);
        else
            log.InvocationFailed(context.Function.Name, context.InvocationId, exception);
    }
}
