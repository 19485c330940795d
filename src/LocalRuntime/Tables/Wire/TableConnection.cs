using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables;

/// <summary>An endpoint and the pipeline that leads there: what a service client and its table clients share.</summary>
internal sealed class TableConnection
{
    public const string Scope = "https://storage.azure.com/.default";
    public const string Json = "application/json";
    public const string MinimalMetadata = "application/json;odata=minimalmetadata";

    private readonly HttpPipeline _pipeline;
    private readonly string _version;

    private TableConnection(Uri endpoint, string accountName, TableClientOptions? options, HttpPipelinePolicy authentication)
    {
        options ??= new();
        Endpoint = new Uri(endpoint.AbsoluteUri.TrimEnd('/'));
        AccountName = accountName;
        _version = options.VersionString;
        var pipeline = new HttpPipelineOptions(options) { RequestFailedDetailsParser = ServiceErrorParser.Instance };
        pipeline.PerRetryPolicies.Add(authentication);
        _pipeline = HttpPipelineBuilder.Build(pipeline);
    }

    /// <summary>The account's endpoint, without a slash at its end.</summary>
    public Uri Endpoint { get; }

    public string AccountName { get; }

    public static TableConnection Of(string connectionString, TableClientOptions? options)
    {
        var (endpoint, credential) = ConnectionString.Parse(connectionString);
        return Of(endpoint, credential, options);
    }

    public static TableConnection Of(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(credential);
        return new(endpoint, credential.AccountName, options, new SharedKeyLitePolicy(credential, TimeProvider.System));
    }

    /// <exception cref="ArgumentException"><paramref name="endpoint"/> is not https: a bearer token must not travel in the clear.</exception>
    public static TableConnection Of(Uri endpoint, TokenCredential credential, TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(credential);
        if (endpoint.Scheme != Uri.UriSchemeHttps)
            throw new ArgumentException("A TokenCredential needs HTTPS.", nameof(endpoint));
        return new(endpoint, endpoint.Host.Split('.')[0], options, new BearerTokenAuthenticationPolicy(credential, Scope));
    }

    /// <summary>A request to <paramref name="resource"/> with <paramref name="address"/> appended, both escaped already.</summary>
    public HttpMessage Message(RequestMethod method, Uri resource, string address)
    {
        var message = _pipeline.CreateMessage();
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(resource);
        if (address.Length > 0)
            request.Uri.AppendPath(address, escape: false);
        request.Headers.SetValue("x-ms-version", _version);
        request.Headers.SetValue("DataServiceVersion", "3.0");
        request.Headers.SetValue("Accept", MinimalMetadata);
        return message;
    }

    /// <summary>As <see cref="Message"/>, with a body of JSON.</summary>
    public HttpMessage Message(RequestMethod method, Uri resource, string address, PooledContent content)
    {
        var message = Message(method, resource, address);
        message.Request.Headers.SetValue("Content-Type", Json);
        message.Request.Content = content;
        return message;
    }

    /// <summary>Sends, and throws what the message's classifier calls an error.</summary>
    /// <exception cref="RequestFailedException">The service refused.</exception>
    public async ValueTask<Response> SendAsync(HttpMessage message, CancellationToken cancellationToken)
    {
        await _pipeline.SendAsync(message, cancellationToken);
        (message.Request.Content as PooledContent)?.Return();
        return message.Response.IsError ? throw new RequestFailedException(message.Response) : message.Response;
    }
}
