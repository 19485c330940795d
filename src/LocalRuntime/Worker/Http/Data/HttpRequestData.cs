using System.Collections.Specialized;
using System.Security.Claims;

namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>A request as the worker without ASP.NET Core shows it. Here it is another view of the same <c>HttpRequest</c>, for what takes no other.</summary>
public abstract class HttpRequestData
{
    protected HttpRequestData(FunctionContext functionContext)
    {
        ArgumentNullException.ThrowIfNull(functionContext);
        FunctionContext = functionContext;
    }

    public abstract Stream Body { get; }

    public abstract HttpHeadersCollection Headers { get; }

    /// <summary>Absolute, as the client wrote it (forwarded headers applied).</summary>
    public abstract Uri Url { get; }

    public abstract IEnumerable<ClaimsIdentity> Identities { get; }

    public abstract string Method { get; }

    public FunctionContext FunctionContext { get; }

    public abstract NameValueCollection Query { get; }

    /// <summary>The response to this request. Under ASP.NET Core there is only one, whichever way it is written.</summary>
    public abstract HttpResponseData CreateResponse();
}
