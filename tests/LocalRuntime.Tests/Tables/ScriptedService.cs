using System.Net;
using System.Text;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace ProspectOps.LocalRuntime.Tests.Tables;

/// <summary>A Table service that answers what it is told to and keeps what it was sent.</summary>
internal sealed class ScriptedService(params (HttpStatusCode Status, string Body)[] answers) : HttpMessageHandler
{
    public const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public List<(HttpMethod Method, Uri Uri, string Headers, string Body)> Received { get; } = [];

    /// <summary>A client of the table <c>things</c> that retries without waiting.</summary>
    public TableClient Table()
    {
        var options = new TableClientOptions { Transport = new HttpClientTransport(new HttpClient(this)) };
        options.Retry.Delay = options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
        return new TableClient(new Uri("https://account.table.core.windows.net/"), "things", new TableSharedKeyCredential("account", Key), options);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Received.Add((request.Method, request.RequestUri!, $"{request.Headers}{request.Content?.Headers}", body));
        var (status, text) = answers[Math.Min(Received.Count, answers.Length) - 1];
        return new HttpResponseMessage(status) { Content = new StringContent(text, Encoding.UTF8, "application/json"), RequestMessage = request };
    }
}
