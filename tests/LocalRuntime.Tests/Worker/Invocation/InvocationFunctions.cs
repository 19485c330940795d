using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace ProspectOps.LocalRuntime.Tests.Worker.Invocation;

public static class InvocationFunctions
{
    public sealed class Trail
    {
        public ConcurrentQueue<string> Steps { get; } = [];

        public ConcurrentQueue<Scoped> Scopes { get; } = [];
    }

    public sealed class Scoped(Trail trail) : IAsyncDisposable
    {
        public Trail Trail => trail;

        public bool IsDisposed { get; private set; }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }
    }

    public sealed class UsesScope(Trail trail, Scoped scoped)
    {
        [Function("UsesScope")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            trail.Steps.Enqueue("function");
            trail.Scopes.Enqueue(scoped);
            var isShared = ReferenceEquals(request.HttpContext.RequestServices.GetService(typeof(Scoped)), scoped);
            return Results.Text(isShared && !scoped.IsDisposed ? "shared" : "apart");
        }
    }

    public sealed class OuterMiddleware(Trail trail) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            trail.Steps.Enqueue($"A in {(context.GetHttpContext() is null ? "blind" : "seeing")}");
            await next(context);
            trail.Steps.Enqueue("A out");
        }
    }

    public sealed class InnerMiddleware(Trail trail) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            trail.Steps.Enqueue($"B in {(context.GetHttpContext() is null ? "blind" : "seeing")}");
            if (context.GetHttpContext()!.Request.Query.ContainsKey("stop"))
            {
                context.GetInvocationResult().Value = Results.Text("stopped", statusCode: StatusCodes.Status403Forbidden);
                return;
            }
            await next(context);
            Assert.IsAssignableFrom<IResult>(context.GetInvocationResult<IResult>().Value);
            trail.Steps.Enqueue("B out");
        }
    }
}
