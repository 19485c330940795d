using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.LocalRuntime.Tests.Worker.Extensibility;

public sealed class EchoFunctions
{
    public sealed record Input(int Number);

    public sealed class Scoped : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    [Function("Echo")]
    public string Echo([EchoTrigger] Input? input, [EchoClient] EchoClient client) => $"{input?.Number} by {client.Function}";

    [Function("Extra")]
    public Task<string> Extra([EchoTrigger] string text, int extra, FunctionContext context) => Task.FromResult($"{context.Items["greeting"]} {text} {extra}");

    [Function("Yielding")]
    public async Task<int> Yielding([EchoTrigger] string text)
    {
        await Task.Yield();
        return Environment.CurrentManagedThreadId;
    }

    [Function("Endless")]
    public Task Endless([EchoTrigger] string text) => new TaskCompletionSource().Task;
}
