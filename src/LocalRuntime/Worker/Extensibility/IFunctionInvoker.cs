namespace ProspectOps.LocalRuntime.Worker.Extensibility;

/// <summary>Runs functions: context, scope, the whole middleware pipeline, parameters, the function.</summary>
/// <remarks>Never leaves the caller's thread of its own accord: what the pipeline awaits resumes on the caller's
/// synchronisation context, and where everything awaited is complete the returned task is complete too. Replayed orchestrators need both.</remarks>
internal interface IFunctionInvoker
{
    /// <summary>Runs once and disposes the invocation's scope at the end.</summary>
    /// <returns>What the function (or a middleware in its place) returned, awaited.</returns>
    /// <exception cref="Exception">Whatever the function or a middleware threw, logged already unless
    /// <see cref="TriggerInput.LogsFailure"/> is off; <see cref="Microsoft.Azure.Functions.Worker.FunctionInputConverterException"/> for a parameter.</exception>
    Task<object?> InvokeAsync(FunctionDescriptor function, TriggerInput input, CancellationToken cancellationToken);

    /// <summary>As <see cref="InvokeAsync"/>, for a caller that may abandon the run: the scope lives until the returned object is disposed.</summary>
    FunctionRun Start(FunctionDescriptor function, TriggerInput input, CancellationToken cancellationToken);
}
