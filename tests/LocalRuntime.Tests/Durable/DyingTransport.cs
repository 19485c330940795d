using Azure.Core;
using Azure.Core.Pipeline;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>A connection whose process is killed at its k-th request, with or without the server having done it.</summary>
internal sealed class DyingTransport(int dieAt, bool withEffect) : HttpPipelineTransport
{
    private static readonly HttpClientTransport Inner = new();
    private readonly TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _requests;

    public Task Died => _died.Task;

    public override Request CreateRequest() => Inner.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        var number = Interlocked.Increment(ref _requests);
        if (number < dieAt)
        {
            await Inner.ProcessAsync(message);
            return;
        }
        if (number == dieAt && withEffect)
            await Inner.ProcessAsync(message);
        _died.TrySetResult();
        await new TaskCompletionSource().Task;
    }
}
