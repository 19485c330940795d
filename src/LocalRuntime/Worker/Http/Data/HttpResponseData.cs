using System.Net;

namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>A response as the worker without ASP.NET Core writes it.</summary>
public abstract class HttpResponseData
{
    protected HttpResponseData(FunctionContext functionContext)
    {
        ArgumentNullException.ThrowIfNull(functionContext);
        FunctionContext = functionContext;
    }

    public abstract HttpStatusCode StatusCode { get; set; }

    /// <summary>Sent with the first byte of the body: set them before.</summary>
    public abstract HttpHeadersCollection Headers { get; set; }

    /// <summary>Goes to the client as it is written. Synchronous writes throw, as under ASP.NET Core on Azure.</summary>
    public abstract Stream Body { get; set; }

    public FunctionContext FunctionContext { get; }

    public static HttpResponseData CreateResponse(HttpRequestData request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.CreateResponse();
    }
}
