using System.Net;
using System.Text;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>A connection to Tables that breaks, is slow, sends twice, or answers another status after the server has done it.</summary>
internal sealed class FaultyConnection(FaultySequence faults) : DelegatingHandler(new SocketsHttpHandler())
{
    public TableClientOptions Options()
    {
        var options = new TableClientOptions { Transport = new HttpClientTransport(new HttpClient(this, disposeHandler: false)) };
        options.Retry.Delay = options.Retry.MaxDelay = TimeSpan.FromMilliseconds(5);
        return options;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        switch (faults.Next($"{request.Method}"))
        {
            case 0:
                return Answer(request, HttpStatusCode.InternalServerError, "InternalError");
            case 1:
                return Answer(request, HttpStatusCode.ServiceUnavailable, "ServerBusy");
            case 2:
                await Task.Delay(20, cancellationToken);
                return await base.SendAsync(request, cancellationToken);
            case 3:
                await DoAsync(request, cancellationToken);
                return Answer(request, HttpStatusCode.InternalServerError, "InternalError");
            case 4:
                await DoAsync(request, cancellationToken);
                throw new HttpRequestException("The connection was reset.");
            case 5 when request.Method != HttpMethod.Get:
                await DoAsync(request, cancellationToken);
                return Answer(request, HttpStatusCode.Conflict, "EntityAlreadyExists");
            case 6 when request.Method == HttpMethod.Put:
                await DoAsync(request, cancellationToken);
                return Answer(request, HttpStatusCode.PreconditionFailed, "UpdateConditionNotSatisfied");
            default:
                return await base.SendAsync(request, cancellationToken);
        }
    }

    private async Task DoAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var _ = await base.SendAsync(request, cancellationToken);
    }

    private static HttpResponseMessage Answer(HttpRequestMessage request, HttpStatusCode status, string code) => new(status)
    {
        Content = new StringContent($$"""{ "odata.error": { "code": "{{code}}", "message": { "lang": "en-US", "value": "Injected." } } }""", Encoding.UTF8, "application/json"),
        RequestMessage = request,
    };
}
