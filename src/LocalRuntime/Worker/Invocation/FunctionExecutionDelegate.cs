namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>The rest of the pipeline, the function innermost.</summary>
public delegate Task FunctionExecutionDelegate(FunctionContext context);
