using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>A connection that a test holds up, as a process that is asleep does.</summary>
internal sealed class GatedConnection() : DelegatingHandler(new SocketsHttpHandler())
{
    private volatile TaskCompletionSource _gate = Open();

    public TableClientOptions Options() => new() { Transport = new HttpClientTransport(new HttpClient(this, disposeHandler: false)) };

    public void Hold() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _gate.TrySetResult();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await _gate.Task.WaitAsync(cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }

    private static TaskCompletionSource Open()
    {
        var gate = new TaskCompletionSource();
        gate.SetResult();
        return gate;
    }
}
