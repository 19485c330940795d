using Microsoft.Azure.Functions.Worker.Middleware;

namespace ProspectOps.LocalRuntime.Worker.Invocation;

/// <summary>The middleware chain, composed once, the function's body innermost.</summary>
internal sealed record FunctionPipeline(FunctionExecutionDelegate Run)
{
    public static FunctionPipeline Compose(IReadOnlyList<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware) =>
        new(middleware.Reverse().Aggregate((FunctionExecutionDelegate)(context => context.Local().Function.Body!.RunAsync(context)), (next, step) => step(next)));
}
